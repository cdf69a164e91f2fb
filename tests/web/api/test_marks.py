"""A program enters marks of the formula by the same services as the page."""

from __future__ import annotations

from tests.web.api.asking import Program, kind_of

from kafedra.web.api.scopes import Scope
from kafedra.web.marks.models import EnteredMark
from kafedra.web.people.models import User
from kafedra.web.record.models import Entry

PATH = "/runs/2023/marks/exam"


def test_entered_read_and_replaced(student: User, other_student: User, assistant: User) -> None:
    program = Program(assistant)
    given = program.patch(PATH, {"marks": {"anna": 8.1, "boris": "7.5"}}).json()
    assert given["changed"] == 2
    assert program.patch(PATH, {"marks": {"anna": 8.1}}).json()["changed"] == 0
    book = program.get(PATH).json()
    assert (book["most"], book["unit"]) == (10, "points")
    assert {one["student"]["login"]: one["value"] for one in book["items"]} == {"anna": 8.1, "boris": 7.5}
    assert Program(student).get("/runs/2023/standing").json()["components"]["exam"] == 8.1
    assert Entry.objects.filter(who=assistant, concerns=student, label__startswith="exam").exists()
    refused = program.patch(PATH, {"marks": {"anna": 9}})
    assert [one["field"] for one in refused.json()["errors"]] == ["why"]
    assert program.patch(PATH, {"marks": {"anna": 9, "boris": None}, "why": "recount"}).json()["changed"] == 2
    assert {one["student"]["login"]: one["value"] for one in program.get(PATH).json()["items"]} == {
        "anna": 9, "boris": None,
    }  # fmt: skip


def test_what_is_no_mark_is_named_and_nothing_is_entered(student: User, instructor: User) -> None:
    answer = Program(instructor).patch(PATH, {"marks": {"anna": 11, "nobody": 5}})
    assert kind_of(answer) == "unusable"
    assert {one["field"] for one in answer.json()["errors"]} == {"marks.anna", "marks.nobody"}
    for wrong in (
        {"marks": {"anna": 8, "boris": 5}},
        {"marks": {"anna": "1e999999"}},
        {"marks": {}},
        {},
        {"marks": {"anna": 8}, "why": "\0"},
    ):
        assert kind_of(Program(instructor).patch(PATH, wrong)) == "unusable"
    assert kind_of(Program(instructor).get("/runs/2023/marks/beauty")) == "missing"
    assert not EnteredMark.objects.exists()


def test_only_teachers_and_only_with_the_scope(student: User, instructor: User) -> None:
    assert kind_of(Program(student).patch(PATH, {"marks": {"anna": 10}})) == "role"
    assert kind_of(Program(student).get(PATH)) == "role"
    assert kind_of(Program(instructor, [Scope.MARKS_READ]).patch(PATH, {"marks": {"anna": 10}})) == "scope"
    assert not EnteredMark.objects.exists()
