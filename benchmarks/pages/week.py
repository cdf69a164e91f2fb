"""A week of the run: a blitz that goes on and one that is over, feedback that was read, questions with answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from kafedra.web import clock
from kafedra.web.blitz.models import Blitz
from kafedra.web.blitz.services import playing
from kafedra.web.blitz.services.answering import hand_in
from kafedra.web.blitz.steps import Move, current_question
from kafedra.web.demo.blitzing import right_keys
from kafedra.web.people.models import User
from kafedra.web.questions.models import About, Audience
from kafedra.web.questions.services import answering, asking
from kafedra.web.questions.services.asking import Words
from kafedra.web.questions.subjects import Subject
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.surveys.bag import Form
from kafedra.web.surveys.services import give, open_box
from kafedra.web.surveys.timing import window

TOPIC = 1
CLOSED = 3  # the first topic whose class had a day
PHONES = 100
FORMS = 60
QUESTIONS = 300


@dataclass(frozen=True)
class Week:
    """Addresses of what was made: pages of staff, pages of a student."""

    staff: dict[str, str]
    student: dict[str, str]


def week(run: Run, instructor: User, students: Sequence[User]) -> Week:
    """Fill in a week; the first student sits in the blitz that goes on and has asked the first question."""
    live, over = (_blitz(run, instructor, students[:PHONES]) for _ in range(2))
    _move(over, instructor, Move.SHOW, Move.FINISH)
    _feedback(run, students[:FORMS])
    question = _questions(run, instructor, students)
    staff = {
        "presenter": reverse("blitz:stage", args=[run.slug, live.pk]),
        "blitz, results": reverse("blitz:results", args=[run.slug, over.pk]),
        "inbox": reverse("inbox:inbox", args=[run.slug]),
        "feedback, results": reverse("surveys:results", args=[run.slug, CLOSED]),
        "feedback, trends": reverse("surveys:feedback", args=[run.slug]),
        "memes": reverse("surveys:memes", args=[run.slug]),
        "question, to staff": question,
    }
    student = {"phone": reverse("blitz:phone", args=[live.code]), "question": question}
    return Week(staff, student)


def _blitz(run: Run, by: User, students: Sequence[User]) -> Blitz:
    blitz = playing.start(run=run, topic=course.current().materials[TOPIC], by=by)
    seats = [playing.join(blitz=blitz, name="", user=student) for student in students]
    _move(blitz, by, Move.ASK)
    question = current_question(blitz)
    for seat in seats:
        given = right_keys(question)
        hand_in(blitz=blitz, participant=seat.pk, question=question.slug, vote=1, given=given)
    return blitz


def _move(blitz: Blitz, by: User, *moves: Move) -> None:
    for one in moves:
        playing.move(blitz=blitz, to=one, step=blitz.step, by=by)
        blitz.refresh_from_db()


def _feedback(run: Run, students: Sequence[User]) -> None:
    known = course.current()
    times = window(known.runs[run.slug], CLOSED, known.timezone)
    assert times is not None, "its class and the next one had a day"
    with clock.shifted(times.closes - timedelta(hours=1) - clock.now()):
        for number, student in enumerate(students):
            places = dict.fromkeys(("clear", "pace", "difficulty"), 1 + number % 5)
            words = {"unclear": f"Формы матриц в обратном проходе, место {number}."}
            give(run=run, topic=CLOSED, student=student, form=Form(places, words))
    open_box(run=run, topic=CLOSED)


def _questions(run: Run, instructor: User, students: Sequence[User]) -> str:
    first = ""
    for number in range(QUESTIONS):
        author = students[number % len(students)]
        words = Words(f"Почему градиенты складываются, {number}?", "По всем путям? $\\sum_i x_i$", Audience.NAMED)
        subject = Subject(About.TOPIC, topic=1 + number % 4)
        asked = asking.ask(run=run, author=author, by_staff=False, subject=subject, words=words)
        if number % 3:
            answering.answer(question=asked, author=instructor, by_staff=True, text="Правило цепочки: $$a = b$$")
        first = first or reverse("questions:question", args=[run.slug, asked.pk])
    return first
