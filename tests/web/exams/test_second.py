"""Two markers for each part: neither sees the other's points before both are in, and what differs is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.exams.models import Exam, Mark, Opinion
from kafedra.web.exams.services import marking, seating, setting
from kafedra.web.people.models import Role, User
from kafedra.web.record.models import Entry
from kafedra.web.runs import course
from kafedra.web.runs.models import Run


@pytest.fixture
def exam(run: Run, instructor: User, student: User, monkeypatch: pytest.MonkeyPatch) -> Exam:
    """Its rule asks for two markers, who may differ by half a point."""
    known = course.current()
    rules = tuple(replace(one, markers=2, differ=Decimal("0.5")) for one in known.runs["2023"].exams)
    runs = {**known.runs, "2023": replace(known.runs["2023"], exams=rules)}
    monkeypatch.setattr(course, "current", lambda: replace(known, runs=runs))
    found = setting.draw_up(run=run, mark="exam", seed=3, held=setting.Held(), by=instructor)
    seating.seat(exam=found, by=instructor)
    return found


@pytest.fixture
def first(assistant: User, signed_in: SignIn) -> Client:
    return signed_in(assistant)


@pytest.fixture
def second(run: Run, signed_in: SignIn) -> Client:
    return signed_in(factories.person("marina", "Марина Цветаева", run=run, role=Role.ASSISTANT))


@pytest.fixture
def third(run: Run, signed_in: SignIn) -> Client:
    return signed_in(factories.person("nikolai", "Николай Гумилёв", run=run, role=Role.ASSISTANT))


def give(client: Client, exam: Exam, points: str, reason: str = "") -> HttpResponse:
    name = f"m{exam.papers.get().pk}-0-0"
    form: Mapping[str, str] = {name: points, f"{name}-why": reason}
    answer: HttpResponse = client.post(f"/2023/exams/{exam.pk}/marking/?question=1", form, follow=True)
    return answer


def page(client: Client, exam: Exam, tail: str = "marking/?question=1") -> str:
    return text(client.get(f"/2023/exams/{exam.pk}/{tail}"))


def test_the_second_sees_nothing_before_both_are_in_and_the_mean_counts(
    exam: Exam, first: Client, second: Client, third: Client, instructor: User, signed_in: SignIn
) -> None:
    assert "1 mark is saved" in text(give(first, exam, "0.5", "formula only"))
    assert "waits for the second marker" in page(first, exam)
    shown = second.get(f"/2023/exams/{exam.pk}/marking/?question=1").content.decode()
    assert 'value="0.5"' not in shown
    assert "Вера Инбер" not in shown
    assert not Mark.objects.exists()
    assert "1 part waits for the second" in page(first, exam, "")
    assert not Entry.objects.filter(after__has_key="points").exists(), "the record tells no points to the second marker"
    assert "0.5" not in second.get(f"/2023/exams/{exam.pk}/marks.csv").content.decode()
    give(second, exam, "1", "and a proof")
    mark = Mark.objects.get()
    assert (mark.points, mark.reason) == (Decimal("0.75"), "formula only; and a proof")
    assert "Вера Инбер: 0.5, Марина Цветаева: 1" in page(first, exam)
    give(third, exam, "0")
    give(first, exam, "0")
    assert (Mark.objects.get().points, Opinion.objects.count()) == (Decimal("0.75"), 2)
    exported = first.get(f"/2023/exams/{exam.pk}/marks.csv").content.decode()
    assert "Вера Инбер,0.5,Марина Цветаева,1" in exported
    marking.publish(exam=exam, by=instructor)
    name = f"m{mark.paper_id}-0-0"
    form = {name: "1", f"{name}-seen": "1", "why": "the proof is whole"}
    signed_in(instructor).post(f"/2023/exams/{exam.pk}/marking/?question=1", form)
    assert Mark.objects.get().points == 1, "what is published changes as everywhere"


def test_who_was_alone_may_think_again(exam: Exam, first: Client, second: Client) -> None:
    give(first, exam, "0")
    give(first, exam, "1")
    give(second, exam, "1")
    assert Mark.objects.get().points == 1


def test_a_difference_is_decided_by_a_third_or_an_instructor(
    exam: Exam, first: Client, second: Client, third: Client, instructor: User, signed_in: SignIn
) -> None:
    give(first, exam, "0", "nothing")
    give(second, exam, "1", "everything")
    assert not Mark.objects.exists()
    assert "waits for a decision" in page(first, exam)
    assert "1 part waits for a decision" in page(third, exam, "")
    address, name = f"/2023/exams/{exam.pk}/differences/", f"d{exam.papers.get().pk}-0-0"
    assert "You are one of the two" in text(first.get(address))
    form = {"name": name, "points": "1", "reason": "it is there"}
    assert "a third colleague decides" in text(first.post(address, form, follow=True))
    wrong = third.post(address, {**form, "points": "77"})
    assert (wrong.status_code, "is worth" in text(wrong)) == (422, True)
    assert "Decided" in text(third.post(address, form, follow=True))
    late = signed_in(instructor).post(address, {**form, "points": "0"}, follow=True)
    assert "has decided already" in text(late)
    assert (Mark.objects.get().points, Mark.objects.get().reason) == (Decimal(1), "it is there")
    assert "Nothing waits for a decision" in text(third.get(address))


def test_an_instructor_who_marked_decides(exam: Exam, first: Client, instructor: User, signed_in: SignIn) -> None:
    decides = signed_in(instructor)
    give(first, exam, "0")
    give(decides, exam, "1")
    form = {"name": f"d{exam.papers.get().pk}-0-0", "points": "1"}
    decides.post(f"/2023/exams/{exam.pk}/differences/", form)
    assert Mark.objects.get().points == 1


def test_an_instructor_changes_what_two_agreed_on(
    exam: Exam, first: Client, second: Client, instructor: User, signed_in: SignIn
) -> None:
    give(first, exam, "1")
    give(second, exam, "1")
    name = f"m{exam.papers.get().pk}-0-0"
    address, form = f"/2023/exams/{exam.pk}/marking/?question=1", {name: "0", f"{name}-seen": "1"}
    first.post(address, form)
    assert Mark.objects.get().points == 1
    signed_in(instructor).post(address, form)
    assert Mark.objects.get().points == 0
