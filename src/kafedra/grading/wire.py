"""What a grader is asked and what it answers, as data: nothing here points at this process or at this disk.

A :class:`Job` goes one way; :class:`Ended` (any number of them) and then :class:`Made` or :class:`Failed` come back.
The same words are used between the judge and the grader of one machine, and they are all that a grader elsewhere needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from kafedra.course import Language
from kafedra.grading import faults
from kafedra.grading.report import Points, Report, TestReport

VERSION: Final = 1

_FAULTS: Final = {kind.__name__: kind for kind in (faults.UnusableAssignment, faults.GradingFault, faults.NoGpu)}


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")


class Job(_Message):
    """One submission to be graded.

    ``bundle`` is :func:`~kafedra.grading.fingerprints.bundle_digest` of the assignment's folder: which tests are meant,
    whatever the folder holds by now. ``files`` are those that the grader reads: relative path → content. ``seed`` None
    draws one.
    """

    version: Literal[1] = VERSION
    slug: str
    bundle: str
    files: dict[str, bytes]
    language: Language = "ru"
    seed: int | None = None


class Promised(_Message):
    """One test as its author wrote it."""

    hidden: bool
    max_points: Points


Promise = Mapping[str, Promised]  # by the test's id: every test of an assignment


class Collected(_Message):
    """The tests of an assignment; asked for once for each bundle. Nothing follows."""

    kind: Literal["collected"] = "collected"
    tests: dict[str, Promised]


class Ended(_Message):
    """One test has ended."""

    kind: Literal["ended"] = "ended"
    test: TestReport


class Made(_Message):
    """The verdict; nothing follows."""

    kind: Literal["made"] = "made"
    report: Report


class Failed(_Message):
    """No verdict, and why; nothing follows. ``fault`` names a class of :mod:`kafedra.grading.faults`."""

    kind: Literal["failed"] = "failed"
    fault: str
    text: str

    @classmethod
    def of(cls, error: BaseException) -> Failed:
        """What is nobody's declared fault is a fault of ours, named for what it was."""
        if type(error).__name__ in _FAULTS:
            return cls(fault=type(error).__name__, text=str(error))
        return cls(fault=faults.GradingFault.__name__, text=f"{type(error).__name__}: {error}")

    def error(self) -> faults.GradingError:
        """To be raised on the other side; a kind that is not known there is a fault of ours."""
        return _FAULTS.get(self.fault, faults.GradingFault)(self.text)


Answer = Ended | Made | Failed | Collected

_ANSWER: Final[TypeAdapter[Answer]] = TypeAdapter(Annotated[Answer, Field(discriminator="kind")])


def written(answer: Answer) -> bytes:
    """One line of JSON."""
    return answer.model_dump_json().encode()


def read(line: Any) -> Answer:
    """The answer that :func:`written` wrote. Raises ``ValueError`` for anything else."""
    return _ANSWER.validate_json(line)
