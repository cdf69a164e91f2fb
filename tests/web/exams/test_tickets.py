"""Cards of an oral part: drawn in front of the student, none twice in a row, each draw recorded."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from django.test import Client
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.exams.models import Draw
from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

ADDRESS = "/2023/exams/tickets/module-1/"


@pytest.fixture
def staff(assistant: User, signed_in: SignIn) -> Client:
    return signed_in(assistant)


def test_a_card_is_drawn_shown_and_recorded(run: Run, staff: Client, student: User, other_student: User) -> None:
    assert "Module 1" in text(staff.get("/2023/exams/"))
    screen = staff.get(ADDRESS)
    assert "Ахматова" in text(screen)
    assert '<section class="sheet ticket"' not in screen.content.decode(), "nothing is shown to who comes next"
    shown = staff.post(ADDRESS, {"student": student.pk}, follow=True)
    drawn = Draw.objects.get()
    number, card = course.current().tickets["module-1"].card(drawn.card)
    assert f"Card {number} — Анна Ахматова" in text(shown)
    assert card.questions[0].question.split("$")[0].split("`")[0].strip() in text(shown)
    begins = card.questions[1].answer.split("$")[0].strip()
    assert begins not in text(shown), "answers are not for the big screen"
    assert begins in text(staff.get(f"{ADDRESS}cards/"))
    told = Entry.objects.get(verb="exam.drawn")
    assert (told.concerns, drawn.card in str(told.after)) == (student, True)
    assert "has drawn" in text(staff.get(ADDRESS))
    assert "1 card was drawn" in text(staff.get(ADDRESS))


def test_no_card_comes_twice_in_a_row_and_nobody_gets_one_again(
    run: Run, staff: Client, student: User, other_student: User
) -> None:
    cards = len(course.current().tickets["module-1"].cards)
    for _ in range(cards):
        staff.post(ADDRESS, {"student": student.pk})
    own = list(Draw.objects.order_by("pk").values_list("card", flat=True))
    assert len(set(own)) == cards, "every card once, before one comes again"
    for who in (student, other_student) * 10:
        staff.post(ADDRESS, {"student": who.pk})
    drawn = list(Draw.objects.order_by("pk").values_list("card", flat=True))
    assert all(one != following for one, following in pairwise(drawn))


def test_the_queue_of_another_run_has_cards_of_its_own(
    run: Run, staff: Client, student: User, instructor: User, signed_in: SignIn
) -> None:
    staff.post(ADDRESS, {"student": student.pk})
    assert "Choose whose turn it is" in text(staff.post(ADDRESS, {"student": instructor.pk}))
    assert staff.get("/2023/exams/tickets/nothing/").status_code == 404
    assert signed_in(student).get(ADDRESS).status_code == 403
    assert "Card 1" in text(staff.get(f"{ADDRESS}cards/"))
    assert Draw.objects.count() == 1


def test_a_card_that_the_file_has_no_more_is_still_told_of(
    run: Run, staff: Client, student: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff.post(ADDRESS, {"student": student.pk})
    known, gone = course.current(), Draw.objects.get().card
    file = known.tickets["module-1"]
    left = file.model_copy(update={"cards": [one for one in file.cards if one.slug != gone]})
    monkeypatch.setattr(course, "current", lambda: replace(known, tickets={"module-1": left}))
    assert gone in staff.get(ADDRESS).content.decode()
