"""What the judge says of one submission: a versioned JSON document.

Points are exact decimals in Python and plain numbers in JSON, so that a script can add them up.
"""

from __future__ import annotations

import math
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, computed_field

VERSION: Literal[1] = 1


class Outcome(StrEnum):
    """How one test ended."""

    PASSED = "passed"
    FAILED = "failed"  # an assertion of the test did not hold
    ERROR = "error"  # the student's code raised an exception
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"  # the student's process died or broke the channel
    FORBIDDEN = "forbidden"  # an API that the assignment forbids
    MISSING = "missing"  # a required name is not defined


def _exact(value: Any) -> Any:
    """JSON numbers arrive as binary floats; their shortest decimal text is the number that was written."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Points = Annotated[
    Decimal,
    BeforeValidator(_exact),
    PlainSerializer(_number, return_type=float, when_used="json"),
]


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class TestReport(_Document):
    """One test: what it checks, how it ended, what it was worth.

    ``message`` says what is wrong, its first line names the broken property. ``traceback`` has the
    student's own lines only. Of a hidden test all failures that the student's code can choose look
    alike: ``failed``, one sentence, no traceback, no time.
    """

    __test__ = False  # not a test class, whatever pytest thinks of its name

    id: str
    title: str
    hidden: bool = False
    outcome: Outcome
    points: Points
    max_points: Points
    message: str = ""
    hint: str = ""
    traceback: str = ""
    seconds: float = 0.0


class Report(_Document):
    """The verdict on one submission.

    ``seed`` repeats the run exactly. ``seconds`` is the time of grading alone: it begins when a
    worker takes the submission, so waiting in the queue is not in it. ``notes`` are remarks about
    the file (an unreadable cell, a magic that was dropped); ``output`` is the tail of what the
    student's code printed. ``fingerprint`` is equal where code, tests and environment are equal; a report
    that was not made anew but taken over from such a run is ``reused``.
    """

    version: Literal[1] = VERSION
    assignment: str
    language: str = "ru"
    seed: int
    seconds: float
    tests: tuple[TestReport, ...]
    notes: tuple[str, ...] = ()
    output: str = ""
    fingerprint: str = ""
    reused: bool = False
    public_only: bool = False
    # False where a student checks their own code on their own machine: such a report is no verdict.
    sandboxed: bool = True
    timings: dict[str, float] = {}

    @computed_field  # type: ignore[prop-decorator]  # mypy cannot stack decorators on a property
    @property
    def points(self) -> Points:
        """The sum over the tests: there is no other place where points come from."""
        return sum((test.points for test in self.tests), Decimal(0))

    @computed_field  # type: ignore[prop-decorator]  # as above
    @property
    def max_points(self) -> Points:
        return sum((test.max_points for test in self.tests), Decimal(0))

    @property
    def notes_apart(self) -> tuple[str, ...]:
        """The notes that no test says already; of several lines the last is the cause that a test would name."""
        causes = ((note, note.strip().rpartition("\n")[2]) for note in self.notes)
        return tuple(note for note, cause in causes if not any(cause in test.message for test in self.tests))


def coarse(report: Report) -> Report:
    """Its times in tenths of a second where there are hidden tests: how long those take is the student's to choose."""
    if not any(test.hidden for test in report.tests):
        return report
    timings = {name: round(seconds, 1) for name, seconds in report.timings.items()}
    return report.model_copy(update={"seconds": math.ceil(report.seconds * 10) / 10, "timings": timings})


def schema() -> dict[str, Any]:
    """JSON Schema of the report (draft 2020-12), as written to ``docs/develop/report.schema.json``."""
    return Report.model_json_schema(mode="serialization")
