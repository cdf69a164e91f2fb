"""A report is held against what the tests promise; what travels between grader and server is data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kafedra.grading import Grader, GradingFault, Job, Outcome, Report, TestReport, UnusableAssignment, checked, wire
from kafedra.grading.faults import NoGpu

JOB = Job(slug="halves", bundle="b", files={"halves.py": b"\x00\xff"}, language="ru", seed=7)
HALF = TestReport(id="t::half", title="Half", outcome=Outcome.PASSED, points=Decimal("0.5"), max_points=Decimal("0.5"))
REST = HALF.model_copy(update={"id": "t::rest", "hidden": True})
REPORT = Report(assignment="halves", seed=7, seconds=0.5, tests=(HALF, REST))
PROMISE = {one.id: wire.Promised(hidden=one.hidden, max_points=one.max_points) for one in REPORT.tests}


def test_a_report_on_the_job_is_believed() -> None:
    assert checked(REPORT, JOB, PROMISE, 0.6) is REPORT


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"assignment": "cv"}, "about 'cv'"),
        ({"language": "en"}, "language"),
        ({"seed": 8}, "seed"),
        ({"sandboxed": False}, "sandbox"),
        ({"public_only": True}, "whole run"),
        ({"reused": True}, "whole run"),
        ({"tests": (HALF,)}, "t::rest"),
        ({"tests": (HALF, HALF, REST)}, "twice"),
        ({"tests": (HALF, REST, HALF.model_copy(update={"id": "t::bonus"}))}, "no test 't::bonus'"),
        ({"tests": (HALF, REST.model_copy(update={"hidden": False}))}, "not as its author wrote it"),
        ({"tests": (HALF.model_copy(update={"max_points": Decimal(9)}), REST)}, "not as its author wrote it"),
        ({"tests": (HALF.model_copy(update={"points": Decimal("0.6")}), REST)}, "0.6 of 0.5"),
        ({"tests": (HALF.model_copy(update={"points": Decimal(-1)}), REST)}, "-1 of 0.5"),
        ({"seconds": 90.0}, "90.0 s of the 0.6 s"),
        ({"seconds": -1.0}, "-1.0 s"),
    ],
)
def test_any_other_report_is_not(change: dict[str, Any], word: str) -> None:
    with pytest.raises(GradingFault, match=word):
        checked(REPORT.model_copy(update=change), JOB, PROMISE, 0.6)


def test_a_job_and_every_answer_come_back_as_they_were_sent() -> None:
    assert Job.model_validate_json(JOB.model_dump_json()) == JOB
    for answer in (wire.Ended(test=HALF), wire.Made(report=REPORT), wire.Failed.of(NoGpu("none here"))):
        assert wire.read(wire.written(answer)) == answer


def test_a_fault_keeps_its_kind_and_a_surprise_is_ours() -> None:
    assert isinstance(wire.Failed.of(UnusableAssignment("no tests")).error(), UnusableAssignment)
    error = wire.Failed.of(ZeroDivisionError("division by zero")).error()
    assert type(error) is GradingFault
    assert str(error) == "ZeroDivisionError: division by zero"


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b'{"kind": "made"}', b'{"kind": "won", "points": 9}'])
def test_what_is_no_answer_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match="validation error"):
        wire.read(line)


def test_the_judge_collects_the_tests_and_runs_none(grader: Grader, assignment, good: str) -> None:
    promise = grader.promise(assignment)
    report = grader.grade(assignment, {"halves.py": good.encode()})
    assert {one.id: (one.hidden, one.max_points) for one in report.tests} == {
        name: (one.hidden, one.max_points) for name, one in promise.items()
    }
    assert any(one.hidden for one in promise.values())
