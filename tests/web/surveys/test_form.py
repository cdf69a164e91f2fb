"""Filling in the form, the meme for it, the reminder."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import TestCase
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.surveys.answering import CLOSED, FORM, REMINDED, answer, at

from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.surveys.services import keep_time


def test_it_waits_on_the_first_page_until_it_is_filled_in(student: User, signed_in: SignIn) -> None:
    page = signed_in(student)
    assert "Feedback is waited for" in text(page.get("/2023/"))
    assert "How hard was it?" in text(page.get(FORM))
    answer(student, clear=4)
    assert "Feedback is waited for" not in text(page.get("/2023/"))


def test_the_questions_of_a_topic_follow_those_of_the_course() -> None:
    asked = [question.slug for question in course.current().survey_of(1).open]
    assert asked == ["unclear", "change", "anything", "lost-thread"]


def test_an_empty_form_is_not_taken_and_a_full_one_once(student: User, signed_in: SignIn) -> None:
    page = signed_in(student)
    assert "one tap is enough" in text(page.post(FORM, {}))
    assert page.post(FORM, {"scale-clear": "9"}).status_code == 422
    page = answer(student, unclear="why √n")
    again = page.post(FORM, {"words-unclear": "once more"})
    assert "Here is your meme" in text(again)
    assert "why √n" not in again.content.decode()


def test_what_was_typed_stays_when_the_form_is_refused(student: User, signed_in: SignIn) -> None:
    refused = signed_in(student).post(FORM, {"scale-clear": "9", "words-unclear": "the third axis"})
    assert "the third axis" in refused.content.decode()


@pytest.mark.parametrize("topic", [1, 4])
def test_before_the_class_there_is_no_form(topic: int, student: User, signed_in: SignIn) -> None:
    assert signed_in(student).get(f"/2023/feedback/{topic}/").status_code == 404


def test_after_the_box_has_closed_nothing_is_taken(student: User, signed_in: SignIn) -> None:
    page = signed_in(student)
    with at(CLOSED):
        late = page.post(FORM, {"words-unclear": "too late"})
        assert late.status_code == 409
        assert "was not taken" in text(late)


def test_a_meme_is_about_the_topic_and_never_the_same_twice(student: User, signed_in: SignIn) -> None:
    page = answer(student, clear=1)
    shown = page.get(FORM).content.decode()
    assert "/2023/memes/03-dropout" in shown
    assert "dropout" in shown  # in words, too
    address = "/2023/memes/03-dropout"
    assert f'{address}?in=en"' in shown  # the language is in the address: a browser keeps the picture for a day
    assert "You missed class" in page.get(f"{address}?in=en").content.decode()
    assert "Вас опять не было" in page.get(f"{address}?in=ru").content.decode()
    picture = page.get(address)
    assert picture["Content-Type"] == "image/svg+xml"
    assert "sandbox" in picture["Content-Security-Policy"]
    assert page.get("/2023/memes/04-residual").status_code == 404  # not earned yet
    with at(factories.NOW.replace(day=5)):
        answer(student, clear=1, topic=4)
        assert "04-residual" in page.get("/2023/feedback/4/").content.decode()
        assert "2 of 12" in text(page.get("/2023/feedback/"))


def test_who_has_not_answered_is_reminded_once(run: Run, student: User, other_student: User, signed_in: SignIn) -> None:
    for person in (student, other_student):
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@example.org")
    answer(student, clear=3)
    with at(REMINDED), TestCase.captureOnCommitCallbacks(execute=True):
        keep_time()
        keep_time()
    assert [letter.to for letter in mail.outbox] == [["boris@example.org"]]
    assert "Больше не напомним" in mail.outbox[0].body
    assert "Three minutes" in text(signed_in(other_student).get("/news/"))
    assert "Three minutes" not in text(signed_in(student).get("/news/"))


def test_staff_see_the_form_and_cannot_send_it(instructor: User, signed_in: SignIn) -> None:
    page = signed_in(instructor)
    assert "Staff don't answer" in text(page.get(FORM))
    assert page.post(FORM, {"scale-clear": "1"}).status_code == 403
