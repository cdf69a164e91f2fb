"""How a call to the student's code can end instead of returning: one class per outcome.

SubmissionFailure
├── SubmissionError      the student's code raised an exception        (error)
├── SubmissionTimeout    it used up its time                           (timeout)
├── SubmissionMemory     it used up its memory                         (memory)
├── SubmissionCrash      its process died, or broke the channel        (crashed)
├── ForbiddenUse         it uses an API that the assignment forbids    (forbidden)
└── MissingDefinition    it doesn't define a name that the test needs  (missing)

A test lets them pass: the plugin turns each into its outcome and message.
"""

from __future__ import annotations

from typing import ClassVar


class SubmissionFailure(Exception):
    """Base. ``str()`` is a message for the student.

    ``decided_before``: the outcome could not depend on the test's inputs, so it may be told of a hidden test, too.
    ``call`` is a line about the call that ended so; the :class:`~kafedra.testing.submission.Submission` adds it.
    """

    outcome: ClassVar[str]
    # whether the student's code was running; a missing name or a forbidden API is seen before that
    happened_inside: bool = True
    decided_before: bool = False

    def __init__(self, text: str, *, traceback: str = "") -> None:
        super().__init__(text)
        self.traceback = traceback
        self.call = ""

    def __str__(self) -> str:
        return f"{super().__str__()}\n{self.call}" if self.call else super().__str__()


class SubmissionError(SubmissionFailure):
    """The student's own exception. ``bases`` are the names of the built-in classes it is an instance of."""

    outcome = "error"

    def __init__(
        self,
        text: str,
        *,
        bases: tuple[str, ...] = (),
        traceback: str = "",
    ) -> None:
        super().__init__(text, traceback=traceback)
        self.bases = bases


class SubmissionTimeout(SubmissionFailure):
    """The student's code used up its time."""

    outcome = "timeout"


class SubmissionMemory(SubmissionFailure):
    """The student's code used up its memory."""

    outcome = "memory"


class SubmissionCrash(SubmissionFailure):
    """The student's process died, or broke the channel."""

    outcome = "crashed"


class ForbiddenUse(SubmissionFailure):
    """The student's code uses an API that the assignment forbids."""

    outcome = "forbidden"
    happened_inside = False


class MissingDefinition(SubmissionFailure):
    """The submission doesn't define a name that the test needs."""

    outcome = "missing"
    happened_inside = False
