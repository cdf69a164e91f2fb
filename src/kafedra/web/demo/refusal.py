"""An example in which nothing is graded would show nothing: it says why, once, and stops."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent


class CannotGrade(RuntimeError):
    """Nothing can be graded on this machine; the text says why and how to mend it."""

    def __init__(self, problems: Sequence[str]) -> None:
        causes = indent("\n".join(problems), "  ")
        super().__init__(f"nothing can be graded here, so there is nothing to show:\n{causes}")


def require_sandbox() -> None:
    """Try the sandbox, as the doctor does. Raises CannotGrade. Django has to be configured."""
    from kafedra.web.executor.slots import sandbox_problems

    if problems := sandbox_problems():
        raise CannotGrade(problems)
