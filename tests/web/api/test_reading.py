"""What programs read: the same as on the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web import factories
from tests.web.api.asking import Program, kind_of

from kafedra.web.adjustments import services as adjustments
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission


@pytest.fixture
def late(run: Run, student: User) -> Submission:
    """Two days late: 0.85 of 1, less a fifth."""
    return factories.graded(factories.repository(student, run), "0.85", factories.NOW - timedelta(hours=3))


def test_ones_own_standing_and_deadlines(late: Submission, student: User, instructor: User) -> None:
    program = Program(student)
    standing = program.get("/runs/2023/standing").json()
    first = next(one for one in standing["assignments"] if one["assignment"] == "activations")
    assert (first["points"], first["max_points"], first["submission"]) == (0.68, 1, late.pk)
    assert standing["homework"] == 0.68
    assert (standing["total"], standing["total_exact"]) == (None, None)
    grant = adjustments.Grant(("activations",), None, 7, "flu")
    adjustments.extend(run=late.repository.run, students=[student], grant=grant, by=instructor)
    due = program.get("/runs/2023/deadlines").json()["items"]
    assert [one["deadline"] for one in due if one["deadline"]] == sorted(
        one["deadline"] for one in due if one["deadline"]
    )
    moved = next(one for one in due if one["assignment"] == "activations")
    assert moved["deadline"] > moved["course_deadline"]
    assert moved["points"] == 0.85
    assert Program(instructor).get("/runs/2023/students/anna/standing").json()["homework"] == 0.85


def test_a_submission_and_its_report(late: Submission, student: User, other_student: User, assistant: User) -> None:
    for reader in (Program(student), Program(assistant)):
        one = reader.get(f"/submissions/{late.pk}").json()
        assert (one["points"], one["automatic"], one["penalty"], one["days_late"]) == (0.68, 0.85, 0.2, 2)
        assert one["counted"] is True
        assert one["page"].endswith(f"/2023/submissions/{late.pk}/")
        report = reader.get(f"/submissions/{late.pk}/report").json()
        assert [test["outcome"] for test in report["tests"]] == ["passed", "failed"]
        assert report["points"] == 0.85
    waiting = factories.pushed(late.repository)
    assert kind_of(Program(student).get(f"/submissions/{waiting.pk}/report")) == "missing"
    for path in (f"/submissions/{late.pk}", f"/submissions/{late.pk}/report", f"/submissions/{10**30}"):
        assert kind_of(Program(other_student).get(path)) == "missing"


def test_submissions_come_in_pages(
    late: Submission, run: Run, student: User, other_student: User, instructor: User
) -> None:
    mine = [late.pk, *(factories.graded(late.repository, "1").pk for _ in range(2))]
    other = factories.pushed(factories.repository(other_student, run)).pk
    staff = Program(instructor)
    first = staff.get("/runs/2023/submissions?limit=3")
    assert [one["id"] for one in first.json()["items"]] == [other, mine[2], mine[1]]
    newer = factories.graded(late.repository, "1")  # what comes meanwhile moves nothing
    second = staff.get(first.headers["Link"].partition("<")[2].partition(">")[0].removeprefix("/api/v1"))
    assert [one["id"] for one in second.json()["items"]] == [mine[0]]
    assert second.json()["next"] is None
    assert "Link" not in second.headers
    assert [one["id"] for one in staff.get("/runs/2023/submissions?student=boris").json()["items"]] == [other]
    assert [one["id"] for one in staff.get("/runs/2023/submissions?state=waiting").json()["items"]] == [other]
    own = Program(student).get("/runs/2023/submissions?student=boris").json()["items"]
    assert own == []
    seen = Program(other_student).get("/runs/2023/submissions").json()["items"]
    assert [one["id"] for one in seen] == [other]
    assert newer.pk not in [one["id"] for one in seen]


@pytest.mark.parametrize(
    ("query", "field"),
    [("limit=0", "query.limit"), ("limit=many", "query.limit"), ("cursor=@@", "query.cursor"),
     ("cursor=ImEi", "query.cursor"), ("state=lost", "query.state")],
)  # fmt: skip
def test_what_cannot_be_used_is_named(student: User, query: str, field: str) -> None:
    answer = Program(student).get(f"/runs/2023/submissions?{query}")
    assert (answer.status_code, kind_of(answer)) == (422, "unusable")
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_the_gradebook_and_the_roster(late: Submission, student: User, other_student: User, instructor: User) -> None:
    program = Program(instructor)
    book = program.get("/runs/2023/gradebook?limit=1").json()
    assert [row["student"]["login"] for row in book["items"]] == ["anna"]
    assert book["items"][0]["points"]["activations"] == 0.68
    assert book["assignments"]["activations"] == 1
    rest = program.get(f"/runs/2023/gradebook?cursor={book['next']}").json()
    assert [row["student"]["login"] for row in rest["items"]] == ["boris"]
    assert rest["items"][0]["points"]["activations"] is None
    roster = program.get("/runs/2023/roster").json()
    assert [(one["login"], one["role"]) for one in roster["items"]] == [
        ("anna", "student"), ("boris", "student"), ("osip", "instructor"),
    ]  # fmt: skip


def test_what_has_not_changed_is_not_sent_again(late: Submission, student: User) -> None:
    program = Program(student)
    first = program.get("/runs/2023/standing")
    again = program.get("/runs/2023/standing", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    factories.graded(late.repository, "1", factories.NOW - timedelta(hours=2))
    changed = program.get("/runs/2023/standing", headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("path", ["/runs/2023/gradebook", "/runs/2023/submissions", "/runs/2023/roster"])
def test_the_number_of_queries_does_not_depend_on_students(run: Run, instructor: User, path: str) -> None:
    program = Program(instructor)

    def queries(students: int) -> int:
        for _ in range(students):
            factories.graded(factories.repository(factories.person(run=run), run))
        program.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert program.get(path).status_code == 200
        return len(asked)

    assert queries(2) == queries(6)
