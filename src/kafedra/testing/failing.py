"""How a failed check is worded: the broken property first, then the probable cause, then the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from kafedra.testing import values
from kafedra.testing.arrays import Difference, at
from kafedra.testing.comparing import Mismatch, Tolerance, leaf_count, mismatches
from kafedra.testing.wording import say


class CheckFailed(AssertionError):
    """A property does not hold. ``str(error)`` is the message for the student."""


def fail(
    headline: str, *, inputs: Mapping[str, Any] | None = None, why: str = "", details: Sequence[str] = ()
) -> NoReturn:
    """Raise :class:`CheckFailed` with a message of these parts."""
    lines = [headline]
    if why:  # what a reader needs first; the figures below are there to check it against
        lines.append(say("why", why=why))
    lines += [say("input", name=name, form=values.describe(value)) for name, value in (inputs or {}).items()]
    lines += details
    raise CheckFailed("\n".join(lines))


def fail_at(
    first: Mismatch,
    actual: Any,
    expected: Any,
    near: Tolerance,
    *,
    call: str,
    inputs: Mapping[str, Any] | None,
    why: str,
) -> NoReturn:
    """The same for two values that part at ``first``."""
    details = [] if first.difference is None else worst(first.difference, inputs or {})
    total = leaf_count(expected)
    if total > 1 and not first.form and first.difference is None:
        count = sum(1 for _ in mismatches(actual, expected, near))
        details.append(say("mismatched", count=count, total=total))
    fail(first.sentence(call), inputs=inputs, why=why, details=details)


def worst(difference: Difference, inputs: Mapping[str, Any]) -> list[str]:
    """The figures about two arrays: the largest error, where it is and what went in there, how many are off."""
    place = say("place", index=difference.index) if difference.index else ""
    got, want = values.apart(difference.got, difference.want)
    lines = [say("worst", error=values.short(difference.error), place=place, got=got, want=want)]
    for name, value in inputs.items():
        is_array = values.is_tensor(value) or values.is_array(value)
        if is_array and tuple(value.shape) == difference.shape:
            lines.append(say("worst_input", name=name, value=values.short(at(value, difference.index))))
    if difference.total > 1:
        lines.append(say("mismatched", count=difference.count, total=difference.total))
    return lines
