"""Which of the usual mistakes is this? The heart of a message: the wrong answer tells what went wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from kafedra.testing import arrays, values
from kafedra.testing.comparing import EXACT, Tolerance, form_problem, mismatches
from kafedra.testing.wording import say

Suspects = Mapping[str, Any]
"""Why → the answer that this mistake gives, or a function that recognises it: ``wrong(actual) -> bool``."""

# An answer that is so many times nearer to a mistake than to the truth is that mistake, however it was rounded.
_NEARER: Final = 1000.0

# float32 has seven digits. Where a formula subtracts from one, as a sigmoid does, they are seven after the point.
_FLOAT32: Final = Tolerance(relative=2e-6, absolute=1e-7)


def has_nan(value: Any) -> bool:
    """Whether there is a NaN in it, at any depth. A suspect that recognises: ``suspects={"∞ − ∞": check.has_nan}``."""
    return _any_number(value, lambda number: number != number)


def has_infinity(value: Any) -> bool:
    """Whether there is an infinity in it, at any depth."""
    return _any_number(value, lambda number: abs(number) == math.inf)


def likely_cause(
    actual: Any,
    expected: Any,
    suspects: Suspects,
    otherwise: str = "",
    *,
    near: Tolerance,
    rounded: str | None = None,
) -> str:
    """The mistake that gives ``actual``; ``otherwise`` if it is none of them; empty if the form alone is wrong.

    The nearest of the ``suspects`` is named if it is as near as the check asks for, or a thousand times nearer than
    ``expected``. ``rounded`` is what to say of an answer in float64 that is right in its first seven digits alone: by
    default that a float32 has slipped in; empty says nothing of it.
    """
    off = form_problem(actual, expected, near) is not None
    found = _recognised(actual, expected, suspects, near, off)
    if found or off:
        return found
    if rounded != "" and _is_rounded(actual, expected, near):
        return say("rounded") if rounded is None else rounded
    return otherwise


def _recognised(actual: Any, expected: Any, suspects: Suspects, near: Tolerance, off: bool) -> str:
    """The first of the nearest suspects. A function is asked only about an answer of the right form."""
    to_truth = math.inf if off else _distance(actual, expected, expected, near)
    limit = max(1.0, to_truth / _NEARER) if to_truth < math.inf else 1.0
    best, least = "", math.inf
    for why, wrong in suspects.items():
        if callable(wrong):
            away = 1.0 if not off and wrong(actual) is True else math.inf
        else:
            away = max(1.0, _distance(actual, wrong, expected, near))
        if away < least and away <= limit and away < to_truth:
            best, least = why, away
    return best


def _distance(actual: Any, other: Any, expected: Any, near: Tolerance) -> float:
    """The largest error against ``other`` in units of what the check allows; infinity where the forms differ."""
    if form_problem(actual, other, near) is not None:
        return math.inf
    if isinstance(other, list | tuple | dict):
        keys = list(other) if isinstance(other, dict) else range(len(other))
        truth = expected if form_problem(other, expected, near) is None else other
        return max((_distance(actual[key], other[key], truth[key], near) for key in keys), default=0.0)
    if values.is_tensor(other) or values.is_array(other):
        if not arrays.is_numeric(other):
            return 0.0 if next(mismatches(actual, other, EXACT), None) is None else math.inf
        scale = expected if form_problem(other, expected, near) is None else other
        return arrays.excess(actual, other, scale, rtol=near.relative, atol=near.absolute)
    return _leaf_distance(actual, other, expected, near)


def _leaf_distance(actual: Any, other: Any, expected: Any, near: Tolerance) -> float:
    if next(mismatches(actual, other, near), None) is None:
        return 0.0
    got, wrong = values.as_number(actual), values.as_number(other)
    if near.exact or got is None or wrong is None or got != got or wrong != wrong:
        return math.inf
    truth = values.as_number(expected)
    sizes = [abs(one) for one in (wrong, truth) if one is not None and abs(one) < math.inf]
    allowed = near.absolute + near.relative * max(sizes, default=0.0)
    return abs(got - wrong) / allowed if allowed else math.inf


def _is_rounded(actual: Any, expected: Any, near: Tolerance) -> bool:
    """Whether arrays in float64 agree to the seven digits of a float32, and not to those that were asked for."""
    if near.relative >= _FLOAT32.relative:
        return False
    if isinstance(expected, list | tuple):
        pairs = list(zip(actual, expected, strict=True))
    elif isinstance(expected, dict):
        pairs = [(actual[key], expected[key]) for key in expected]
    else:
        return _is_rounded_array(actual, expected, near)
    return bool(pairs) and all(
        next(mismatches(one, other, near), None) is None or _is_rounded(one, other, near) for one, other in pairs
    )


def _is_rounded_array(actual: Any, expected: Any, near: Tolerance) -> bool:
    wide = (values.is_tensor(expected) or values.is_array(expected)) and values.name(expected.dtype) == "float64"
    if not wide:
        return False
    coarse = Tolerance(_FLOAT32.relative, _FLOAT32.absolute if near.absolute else 0.0)
    return arrays.compare(actual, expected, rtol=coarse.relative, atol=coarse.absolute) is None


def _any_number(value: Any, holds: Callable[[Any], Any]) -> bool:
    if isinstance(value, dict):
        return any(_any_number(one, holds) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_any_number(one, holds) for one in value)
    if values.is_tensor(value) or values.is_array(value):
        return arrays.is_numeric(value) and bool(holds(arrays.plain(value)).any())
    return values.is_number(value) and bool(holds(value))
