"""Two values side by side, all the way down: lists, tuples and dicts of arrays, numbers and text."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kafedra.testing import arrays, values
from kafedra.testing.wording import say


@dataclass(frozen=True)
class Tolerance:
    """How near is near enough: ``|actual - expected| <= absolute + relative * |expected|``.

    ``exact`` also asks for the same kind of number: ``1`` is not ``1.0``.
    """

    relative: float
    absolute: float
    exact: bool = False

    def accepts(self, got: float | complex, want: float | complex) -> bool:
        """NaN is near NaN alone, an infinity only itself."""
        if got == want or (got != got and want != want):
            return True
        size = abs(want)
        return math.isfinite(size) and abs(got - want) <= self.absolute + self.relative * size


EXACT = Tolerance(0.0, 0.0, exact=True)


@dataclass(frozen=True)
class Mismatch:
    """One place where the actual value is not the expected one.

    ``place`` is how one gets there from the whole, ``[2]['mean']``; ``key`` and ``words`` are its sentence, see
    :mod:`~kafedra.testing.wording`. ``difference`` is there where two arrays of one form part, ``form`` says that the
    value is of another form (kind, shape, dtype, length) altogether.
    """

    place: str
    key: str
    words: Mapping[str, object] = field(default_factory=dict)
    difference: arrays.Difference | None = None
    form: bool = False

    def sentence(self, call: str) -> str:
        return say(self.key, call=f"{call}{self.place}", **self.words)


def mismatches(actual: Any, expected: Any, near: Tolerance, place: str = "") -> Iterator[Mismatch]:
    """Every place where ``actual`` parts from ``expected``, in reading order; below another form nothing is said."""
    if problem := form_problem(actual, expected, near, place):
        yield problem
    elif isinstance(expected, list | tuple):
        for number, (one, other) in enumerate(zip(actual, expected, strict=True)):
            yield from mismatches(one, other, near, f"{place}[{number}]")
    elif isinstance(expected, dict):
        for key, other in expected.items():
            yield from mismatches(actual[key], other, near, f"{place}[{key!r}]")
    elif values.is_tensor(expected) or values.is_array(expected):
        if (parting := _array_parting(actual, expected, near)) is not None:
            yield Mismatch(place, *parting)
    elif not _same_leaf(actual, expected, near):
        yield _leaf_mismatch(actual, expected, place)


def leaf_count(value: Any) -> int:
    """Of how many arrays, numbers and texts a value is made."""
    if isinstance(value, dict):
        return sum(map(leaf_count, value.values()))
    return sum(map(leaf_count, value)) if isinstance(value, list | tuple) else 1


def form_problem(actual: Any, expected: Any, near: Tolerance, place: str = "") -> Mismatch | None:
    """What is wrong with the form of ``actual`` itself, whatever is in it."""
    wanted = next((kind for kind in _KINDS if kind.holds(expected)), None)
    if wanted is None or (wanted.number and near.exact):
        return None
    if not (_such_a_number(actual, expected) if wanted.number else wanted.holds(actual)):
        if actual is None and not place:
            return Mismatch(place, "nothing", form=True)
        return Mismatch(place, wanted.key, {"kind": values.describe(actual)}, form=True)
    if isinstance(expected, dict):
        return _keys_problem(actual, expected, place)
    if isinstance(expected, list | tuple) and len(actual) != len(expected):
        return Mismatch(place, "length", {"got": len(actual), "want": len(expected)}, form=True)
    return _array_form_problem(actual, expected, place)


def _such_a_number(actual: Any, expected: Any) -> bool:
    """A real number, or one of any kind where the expected one is complex."""
    number = values.as_number(actual)
    return number is not None and (isinstance(expected, complex) or not isinstance(number, complex))


@dataclass(frozen=True)
class _Kind:
    """What an expected value may be; ``key`` is the sentence about an answer that is not of this kind."""

    key: str
    holds: Callable[[Any], bool]
    number: bool = False


_KINDS = (
    _Kind("not_tensor", values.is_tensor),
    _Kind("not_array", values.is_array),
    _Kind("not_list", lambda value: type(value) is list),
    _Kind("not_tuple", lambda value: type(value) is tuple),
    _Kind("not_dict", lambda value: type(value) is dict),
    _Kind("not_text", lambda value: type(value) is str),
    _Kind("not_number", values.is_number, number=True),
)


def _keys_problem(actual: dict[Any, Any], expected: dict[Any, Any], place: str) -> Mismatch | None:
    missing = [key for key in expected if key not in actual]
    extra = [key for key in actual if key not in expected]
    if missing:
        return Mismatch(place, "missing_keys", {"keys": _listed(missing)}, form=True)
    return Mismatch(place, "extra_keys", {"keys": _listed(extra)}, form=True) if extra else None


def _listed(keys: list[Any]) -> str:
    shown = [values.brief(key) for key in keys[:5]]
    return ", ".join(shown) + (" …" if len(keys) > 5 else "")


def _array_form_problem(actual: Any, expected: Any, place: str) -> Mismatch | None:
    if not (values.is_tensor(expected) or values.is_array(expected)):
        return None
    got, want = tuple(actual.shape), tuple(expected.shape)
    if got != want:
        return Mismatch(place, "shape", {"got": got, "want": want}, form=True)
    if actual.dtype != expected.dtype:
        words = {"got": values.name(actual.dtype), "want": values.name(expected.dtype)}
        return Mismatch(place, "dtype", words, form=True)
    return None


def _array_parting(
    actual: Any, expected: Any, near: Tolerance
) -> tuple[str, Mapping[str, object], arrays.Difference | None] | None:
    if not arrays.is_numeric(expected):  # text, objects: nothing is near
        first = next(mismatches(actual.tolist(), expected.tolist(), EXACT), None)
        return None if first is None else (first.key, first.words, None)
    difference = arrays.compare(actual, expected, rtol=near.relative, atol=near.absolute)
    if difference is None:
        return None
    words: dict[str, object] = {"total": difference.total}
    if difference.unexpected_nan:
        return "nan", words | {"count": difference.unexpected_nan}, difference
    if difference.unexpected_infinite:
        return "infinite", words | {"count": difference.unexpected_infinite}, difference
    return "values", {}, difference


def _same_leaf(actual: Any, expected: Any, near: Tolerance) -> bool:
    if values.is_number(expected) and not near.exact:
        number, wanted = values.as_number(actual), values.as_number(expected)
        if number is None or wanted is None:
            return False
        if type(actual) is int and type(expected) is int:  # no float tells 2**53 from 2**53 + 1
            size = abs(wanted) if math.isfinite(abs(wanted)) else 0.0
            return abs(actual - expected) <= near.absolute + near.relative * size
        return near.accepts(number, wanted)
    if type(actual) is not type(expected):
        return False
    return bool(actual == expected) or (actual != actual and expected != expected)


def _leaf_mismatch(actual: Any, expected: Any, place: str) -> Mismatch:
    if type(actual) is str and type(expected) is str:
        return _text_mismatch(actual, expected, place)
    got, want = values.describe(actual), values.describe(expected)
    number, wanted = values.as_number(actual), values.as_number(expected)
    fractions = number is not None and not (type(actual) is int and type(expected) is int)
    if fractions and wanted is not None and number != wanted:
        got, want = values.apart(number, wanted)
    return Mismatch(place, "not_equal", {"got": got, "want": want})


def _text_mismatch(actual: str, expected: str, place: str) -> Mismatch:
    shared = next((n for n, (a, b) in enumerate(zip(actual, expected, strict=False)) if a != b), None)
    at = min(len(actual), len(expected)) if shared is None else shared
    before = expected[:at]
    words: dict[str, object] = {
        "line": before.count("\n") + 1,
        "column": at - (before.rfind("\n") + 1) + 1,
        "got": _around(actual, at),
        "want": _around(expected, at),
    }
    if max(len(actual), len(expected)) <= 40 and "\n" not in actual + expected:
        return Mismatch(place, "not_equal", {"got": repr(actual), "want": repr(expected)})
    return Mismatch(place, "text", words)


def _around(text: str, at: int, margin: int = 20) -> str:
    """The text about a position, quoted; an ellipsis where it goes on."""
    start, end = max(0, at - margin), min(len(text), at + margin)
    return f"{'…' if start else ''}{text[start:end]!r}{'…' if end < len(text) else ''}"
