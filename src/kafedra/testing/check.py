"""Assertions for tests: whatever the student's code returned, a failure is a message that teaches.

Every function takes anything at all as ``actual`` (a number, ``None``, a tensor of the wrong shape) and
either returns or raises :class:`CheckFailed`. The first line of the message names the broken property;
the lines below give the probable cause, the input, the largest error, what came and what was expected.

``expected`` may be a tensor, a numpy array, a number, text, and lists, tuples and dicts of these, nested as they
like. ``call`` is how a student would write the call, ``inputs`` are the values that went in, by name. The cause is
either known beforehand, ``why``, or chosen by the wrong answer itself: ``suspects`` are the usual mistakes, each with
the answer that it gives or with a function that recognises it; ``otherwise`` is said if it is none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from kafedra.testing import values
from kafedra.testing.causes import Suspects, has_infinity, has_nan, likely_cause
from kafedra.testing.comparing import EXACT, Tolerance, mismatches
from kafedra.testing.failing import CheckFailed, fail, fail_at
from kafedra.testing.programs import numbers, program
from kafedra.testing.ranges import NoNumber
from kafedra.testing.ranges import outside as _outside
from kafedra.testing.side_effects import gradient, parts, untouched
from kafedra.testing.wording import percent, say

__all__ = [
    "CheckFailed", "array", "close", "equal", "gradient", "has_infinity", "has_nan", "likely", "numbers", "parts",
    "percent", "program", "tensor", "that", "untouched", "within",
]  # fmt: skip

Inputs = Mapping[str, Any]


def that(condition: bool, message: str) -> None:
    """Fail with ``message`` unless ``condition``. The message names the property that is broken."""
    if condition is not True:
        raise CheckFailed(message)


def tensor(
    actual: Any,
    *,
    shape: Sequence[int] | None = None,
    dtype: Any = None,
    call: str,
    inputs: Inputs | None = None,
    why: str = "",
) -> None:
    """``actual`` is a tensor (of that ``shape`` and ``dtype``, where given)."""
    if not values.is_tensor(actual):
        _fail_kind(actual, "not_tensor", call, inputs, why)
    _shape_and_dtype(actual, shape, dtype, call, inputs, why)


def array(
    actual: Any,
    *,
    shape: Sequence[int] | None = None,
    dtype: Any = None,
    call: str,
    inputs: Inputs | None = None,
    why: str = "",
) -> None:
    """``actual`` is a numpy array (of that ``shape`` and ``dtype``, where given)."""
    if not values.is_array(actual):
        _fail_kind(actual, "not_array", call, inputs, why)
    _shape_and_dtype(actual, shape, dtype, call, inputs, why)


def close(
    actual: Any,
    expected: Any,
    *,
    rtol: float = 1e-8,
    atol: float = 1e-10,
    call: str,
    inputs: Inputs | None = None,
    why: str = "",
    suspects: Suspects | None = None,
    otherwise: str = "",
    rounded: str | None = None,
) -> None:
    """``|actual - expected| <= atol + rtol * |expected|`` everywhere; kinds, shapes and dtypes are the same.

    NaN equals NaN only where NaN is expected, infinity only infinity of the same sign. Where a number is expected, an
    int, a float or an array of one element will do; text, bools and ``None`` must be equal. ``rounded`` is what to say
    of an answer in float64 with seven right digits: by default that a float32 has slipped in, empty says nothing.
    """
    near = Tolerance(rtol, atol)
    if (first := next(mismatches(actual, expected, near), None)) is not None:
        why = why or likely(actual, expected, suspects, otherwise, rtol=rtol, atol=atol, rounded=rounded)
        fail_at(first, actual, expected, near, call=call, inputs=inputs, why=why)


def equal(
    actual: Any,
    expected: Any,
    *,
    call: str,
    inputs: Inputs | None = None,
    why: str = "",
    suspects: Suspects | None = None,
    otherwise: str = "",
) -> None:
    """``actual`` is exactly ``expected``: same kind, same value; NaN equals NaN, and −0.0 equals 0.0.

    ``1`` is not ``True`` and not ``1.0``, a list is not a tuple.
    """
    if (first := next(mismatches(actual, expected, EXACT), None)) is not None:
        why = why or likely_cause(actual, expected, suspects or {}, otherwise, near=EXACT, rounded="")
        fail_at(first, actual, expected, EXACT, call=call, inputs=inputs, why=why)


def within(
    actual: Any,
    low: float,
    high: float,
    *,
    call: str,
    what: str,
    inputs: Inputs | None = None,
    why: str = "",
) -> None:
    """The number ``actual`` (called ``what`` in the message) lies in ``[low, high]``; NaN does not.

    Of an array, or of lists of numbers, every element must.
    """
    try:
        found = _outside(actual, low, high)
    except NoNumber as problem:
        _fail_kind(problem.found, "not_number", f"{call}{problem.place}", inputs, why)
    if found.count:
        bounds = {"low": values.short(low), "high": values.short(high), "got": values.short(found.number)}
        details = [say("mismatched", count=found.count, total=found.total)] if found.total > 1 else []
        headline = say("outside", call=call, what=f"{what}{found.place}", **bounds)
        fail(headline, inputs=inputs, why=why, details=details)


def likely(
    actual: Any,
    expected: Any,
    suspects: Suspects | None = None,
    otherwise: str = "",
    *,
    rtol: float = 1e-8,
    atol: float = 1e-10,
    rounded: str | None = None,
) -> str:
    """The cause that :func:`close` would name, for a test that words its failure by itself."""
    near = Tolerance(rtol, atol)
    return likely_cause(actual, expected, suspects or {}, otherwise, near=near, rounded=rounded)


def _fail_kind(actual: Any, key: str, call: str, inputs: Inputs | None, why: str) -> NoReturn:
    key = "nothing" if actual is None else key
    fail(say(key, call=call, kind=values.describe(actual)), inputs=inputs, why=why)


def _shape_and_dtype(
    actual: Any, shape: Sequence[int] | None, dtype: Any, call: str, inputs: Inputs | None, why: str
) -> None:
    if shape is not None and tuple(actual.shape) != tuple(shape):
        fail(say("shape", call=call, got=tuple(actual.shape), want=tuple(shape)), inputs=inputs, why=why)
    if dtype is not None and actual.dtype != dtype:
        fail(say("dtype", call=call, got=values.name(actual.dtype), want=values.name(dtype)), inputs=inputs, why=why)
