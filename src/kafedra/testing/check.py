"""Assertions for tests: whatever the student's code returned, a failure is a message that teaches.

Every function takes anything at all as ``actual`` (a number, ``None``, a tensor of the wrong shape) and
either returns or raises :class:`CheckFailed`. The first line of the message names the broken property;
the lines below give the input, the largest error, what came and what was expected, the probable cause.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from kafedra.testing import values
from kafedra.testing.wording import say


class CheckFailed(AssertionError):
    """A property does not hold. ``str(error)`` is the message for the student."""


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
    inputs: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """``actual`` is a tensor (of that ``shape`` and ``dtype``, where given)."""
    if actual is None:
        _fail(say("nothing", call=call), inputs, why)
    if not values.is_tensor(actual):
        _fail(say("not_tensor", call=call, kind=values.describe(actual)), inputs, why)
    if shape is not None and tuple(actual.shape) != tuple(shape):
        _fail(say("shape", call=call, got=tuple(actual.shape), want=tuple(shape)), inputs, why)
    if dtype is not None and actual.dtype != dtype:
        _fail(say("dtype", call=call, got=values.name(actual.dtype), want=values.name(dtype)), inputs, why)


def close(
    actual: Any,
    expected: Any,
    *,
    rtol: float = 1e-8,
    atol: float = 1e-10,
    call: str,
    inputs: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """``|actual - expected| <= atol + rtol * |expected|`` everywhere, in shape and dtype too.

    ``expected`` is a tensor or a number. NaN equals NaN only where NaN is expected, infinity only
    infinity of the same sign.
    """
    if not values.is_tensor(expected):
        _close_numbers(actual, expected, rtol=rtol, atol=atol, call=call, inputs=inputs, why=why)
        return
    tensor(actual, shape=expected.shape, dtype=expected.dtype, call=call, inputs=inputs, why=why)
    difference = values.compare(actual, expected, rtol=rtol, atol=atol)
    if difference is None:
        return
    total = difference.total
    if difference.unexpected_nan:
        headline = say("nan", call=call, count=difference.unexpected_nan, total=total)
    elif difference.unexpected_infinite:
        headline = say("infinite", call=call, count=difference.unexpected_infinite, total=total)
    else:
        headline = say("values", call=call)
    _fail(headline, inputs, why, _worst(difference, inputs or {}))


def equal(
    actual: Any,
    expected: Any,
    *,
    call: str,
    inputs: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """``actual`` is exactly ``expected``: same kind, same value; NaN equals NaN, and −0.0 equals 0.0."""
    if values.is_tensor(expected):
        close(actual, expected, rtol=0.0, atol=0.0, call=call, inputs=inputs, why=why)
    elif not values.same(actual, expected):
        got, want = values.describe(actual), values.describe(expected)
        _fail(say("not_equal", call=call, got=got, want=want), inputs, why)


def within(
    actual: Any,
    low: float,
    high: float,
    *,
    call: str,
    what: str,
    inputs: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """The number ``actual`` (called ``what`` in the message) lies in ``[low, high]``; NaN does not."""
    number = _number(actual, call, inputs, why)
    if not low <= number <= high:
        bounds = {"low": values.short(low), "high": values.short(high)}
        _fail(say("outside", call=call, what=what, got=values.short(number), **bounds), inputs, why)


def _close_numbers(
    actual: Any,
    expected: float,
    *,
    rtol: float,
    atol: float,
    call: str,
    inputs: Mapping[str, Any] | None,
    why: str,
) -> None:
    number = _number(actual, call, inputs, why)
    same_nan = math.isnan(number) and math.isnan(expected)
    near = math.isfinite(expected) and abs(number - expected) <= atol + rtol * abs(expected)
    if number != expected and not same_nan and not near:
        got, want = values.short(number), values.short(expected)
        _fail(say("not_equal", call=call, got=got, want=want), inputs, why)


def _number(actual: Any, call: str, inputs: Mapping[str, Any] | None, why: str) -> float:
    number = values.as_number(actual)
    if number is None:
        _fail(say("not_number", call=call, kind=values.describe(actual)), inputs, why)
    return number


def _worst(difference: values.Difference, inputs: Mapping[str, Any]) -> list[str]:
    place = say("place", index=difference.index) if difference.index else ""
    got, want = values.short(difference.got), values.short(difference.want)
    lines = [say("worst", error=values.short(difference.error), place=place, got=got, want=want)]
    for name, value in inputs.items():
        if values.is_tensor(value) and tuple(value.shape) == difference.shape:
            lines.append(say("worst_input", name=name, value=values.short(values.at(value, difference.index))))
    if difference.total > 1:
        lines.append(say("mismatched", count=difference.count, total=difference.total))
    return lines


def _fail(
    headline: str,
    inputs: Mapping[str, Any] | None,
    why: str,
    details: Sequence[str] = (),
) -> NoReturn:
    lines = [headline]
    if why:  # what a reader needs first; the figures below are there to check it against
        lines.append(say("why", why=why))
    lines += [say("input", name=name, form=values.describe(value)) for name, value in (inputs or {}).items()]
    lines += details
    raise CheckFailed("\n".join(lines))
