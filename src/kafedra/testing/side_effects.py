"""The judge's side of :mod:`kafedra.testing.probing`: what a watched call must have left alone."""

from __future__ import annotations

from typing import Any

from kafedra.testing import values
from kafedra.testing.comparing import EXACT, form_problem, mismatches
from kafedra.testing.failing import fail, fail_at, worst
from kafedra.testing.wording import say


def parts(answer: Any, count: int, *, call: str, what: str = "", why: str = "") -> tuple[Any, ...]:
    """The ``count`` parts of an answer, which must be a tuple or a list of so many; the message calls them ``what``."""
    named = f" ({what})" if what else ""
    if answer is None:
        fail(say("nothing", call=call), why=why)
    if type(answer) not in (tuple, list):
        fail(say("not_parts", call=call, count=count, what=named, kind=values.describe(answer)), why=why)
    if len(answer) != count:
        fail(say("part_count", call=call, count=count, what=named, got=len(answer)), why=why)
    return tuple(answer)


def untouched(report: Any, *inputs: Any, call: str, why: str = "") -> Any:
    """The answer of a call under :func:`kafedra.testing.probing.watched`, once its inputs are seen to be as they were.

    ``inputs`` are those that the test sent.
    """
    answer, after, writes = parts(report, 3, call=call)
    why = why or say("why_touched")
    if (first := next(mismatches(after, inputs, EXACT), None)) is not None:
        number = first.place if len(inputs) > 1 else ""
        details = worst(first.difference, {}) if first.difference else [first.sentence(say("input_after"))]
        fail(say("touched", call=call, number=number), why=why, details=details)
    if type(writes) is not int or writes != 0:
        fail(say("written", call=call, count=values.describe(writes)), why=why)
    return answer


def gradient(report: Any, x: Any, upstream: Any, *, call: str, required: bool = True, why: str = "") -> tuple[Any, Any]:
    """Answer and gradient by ``x`` of a call under :func:`kafedra.testing.probing.gradient`.

    The answer has the shape of ``upstream``, the gradient shape and dtype of ``x``. Where none arrives, that is a
    failure (``why`` it doesn't), or ``None`` with ``required=False``. The gradient that came from above must be left as
    it was: others need it too.
    """
    y, found, bypass = parts(report, 3, call=call)
    if problem := form_problem(y, upstream, EXACT):
        fail_at(problem, y, upstream, EXACT, call=call, inputs={"x": x}, why="")
    if found is None:
        if required:
            fail(say("no_gradient", call=call, form=values.describe(x)), why=why or say("why_no_gradient"))
        return y, None
    named = say("gradient_of", call=call)
    if problem := form_problem(found, x, EXACT):
        fail_at(problem, found, x, EXACT, call=named, inputs={"x": x}, why="")
    if (first := next(mismatches(bypass, upstream, EXACT), None)) is not None:
        fail_at(first, bypass, upstream, EXACT, call=say("bypass", call=call), inputs={}, why=say("why_bypass"))
    return y, found
