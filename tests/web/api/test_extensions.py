"""A program gives and undoes extensions by the same services as the page: with a line, and with news."""

from __future__ import annotations

from tests.web.api.asking import Program, kind_of

from kafedra.web.adjustments.models import Extension
from kafedra.web.api.scopes import Scope
from kafedra.web.notices.models import Notice
from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.runs.models import Run

PATH = "/runs/2023/extensions"
FLU = {"students": ["anna"], "assignments": ["activations"], "days": 3, "reason": "flu"}


def test_given_and_undone(run: Run, student: User, other_student: User, instructor: User) -> None:
    program = Program(instructor)
    before = Program(student).get("/runs/2023/deadlines").json()["items"][0]["deadline"]
    given = program.post(PATH, FLU)
    assert given.status_code == 201
    (row,) = given.json()["items"]
    assert (row["student"]["login"], row["days"], row["given_by"]) == ("anna", 3, "osip")
    assert (
        Notice.objects.filter(user=student, news="extension").exists() or Notice.objects.filter(user=student).exists()
    )
    assert Entry.objects.filter(verb="extension.given", who=instructor, concerns=student).exists()
    due = {one["assignment"]: one for one in Program(student).get("/runs/2023/deadlines").json()["items"]}
    assert due["activations"]["deadline"] > before
    assert program.get(f"{PATH}/{row['id']}").json()["undone_at"] is None
    assert program.delete(f"{PATH}/{row['id']}").json()["undone_at"]
    assert program.delete(f"{PATH}/{row['id']}").status_code == 200
    assert [one["undone_at"] is None for one in program.get(PATH).json()["items"]] == [False]


def test_the_same_key_gives_once(student: User, instructor: User) -> None:
    program = Program(instructor)
    answers = [program.post(PATH, FLU, **{"Idempotency-Key": "flu of Anna"}).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert Extension.objects.count() == 1
    other = program.post(PATH, FLU | {"days": 9}, **{"Idempotency-Key": "flu of Anna"})
    assert [one["field"] for one in other.json()["errors"]] == ["Idempotency-Key"]
    assert Extension.objects.count() == 1
    program.post(PATH, FLU)
    assert Extension.objects.count() == 2


def test_what_the_form_refuses_is_named_and_changes_nothing(student: User, instructor: User) -> None:
    program = Program(instructor)
    wrong = {
        "students": FLU | {"students": ["nobody"]},
        "assignments": FLU | {"assignments": ["nothing"]},
        "deadline": FLU | {"deadline": "2023-02-20T23:59:00+03:00"},
        "reason": FLU | {"reason": "  "},
        "days": FLU | {"days": 0},
        "weeks": FLU | {"weeks": 1},
    }
    for field, data in wrong.items():
        answer = program.post(PATH, data)
        assert (answer.status_code, kind_of(answer)) == (422, "unusable"), field
        assert field in [one["field"] for one in answer.json()["errors"]]
    broken = program._client.post("/api/v1" + PATH, "{", content_type="application/json")
    assert (broken.status_code, kind_of(broken)) == (400, "damaged")
    assert not Extension.objects.exists()


def test_only_instructors_and_only_with_the_scope(student: User, assistant: User, instructor: User) -> None:
    assert kind_of(Program(assistant).post(PATH, FLU)) == "role"
    assert kind_of(Program(student).post(PATH, FLU)) == "role"
    assert kind_of(Program(instructor, [Scope.EXTENSIONS_READ]).post(PATH, FLU)) == "scope"
    assert not Extension.objects.exists()
