"""Blitzes of the example run: one that was played at the last class, one whose presenter only has to begin."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from kafedra.course.topics import Question, TopicMaterials
from kafedra.web import clock
from kafedra.web.blitz.asked import item_key
from kafedra.web.blitz.models import Blitz, Participant
from kafedra.web.blitz.services.answering import hand_in
from kafedra.web.blitz.services.playing import join, move, start
from kafedra.web.blitz.steps import Move, current_question, questions_of
from kafedra.web.demo.people import INSTRUCTOR
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

_TOPIC = 1
_AGO = timedelta(days=2)
_DISCUSSED = 3  # after every third question neighbours discuss and vote again
_KNOW, _KNOW_AFTERWARDS = 0.55, 0.85


def play(run: Run, logins: Sequence[str]) -> None:
    """Play one two days ago and open one now; nothing where the course has no blitz on its first topic."""
    topic = course.current().materials.get(_TOPIC)
    if topic is None or not topic.blitz:
        return
    instructor = User.objects.get(username=INSTRUCTOR.login)
    with clock.shifted(-_AGO):
        _played(run, topic, instructor, logins)
    start(run=run, topic=topic, by=instructor)


def _played(run: Run, topic: TopicMaterials, instructor: User, logins: Sequence[str]) -> None:
    chance = random.Random(_TOPIC)  # noqa: S311  # the same people know the same things each time
    blitz = start(run=run, topic=topic, by=instructor)
    students = User.objects.filter(username__in=logins).order_by("username")
    seats = [join(blitz=blitz, name="", user=student) for student in students]
    for number in range(len(questions_of(blitz))):
        _move(blitz, Move.ASK, instructor)
        _vote(blitz, seats, _KNOW, chance)
        _move(blitz, Move.CLOSE, instructor)
        if number % _DISCUSSED == 0:
            _move(blitz, Move.DISCUSS, instructor)
            _move(blitz, Move.AGAIN, instructor)
            _vote(blitz, seats, _KNOW_AFTERWARDS, chance)
        _move(blitz, Move.SHOW, instructor)
    _move(blitz, Move.FINISH, instructor)


def _move(blitz: Blitz, to: Move, by: User) -> None:
    blitz.refresh_from_db()
    move(blitz=blitz, to=to, step=blitz.step, by=by)
    blitz.refresh_from_db()


def _vote(blitz: Blitz, seats: Sequence[Participant], know: float, chance: random.Random) -> None:
    question = current_question(blitz)
    for seat in seats:
        given = _right(question) if chance.random() < know else _wrong(question, chance)
        hand_in(blitz=blitz, participant=seat.pk, question=question.slug, vote=blitz.vote, given=given)


def _right(question: Question) -> list[str]:
    if question.options:
        return [option.key for option in question.options if option.correct]
    if question.kind == "order":
        return [item_key(item) for item in question.items]
    typed = format(question.answer, "f") if question.answer is not None else question.output
    return [typed or question.answers[0]]


def _wrong(question: Question, chance: random.Random) -> list[str]:
    if question.options:
        return [chance.choice([option.key for option in question.options if not option.correct])]
    if question.kind == "order":
        keys = _right(question)
        return [keys[1], keys[0], *keys[2:]]
    mistakes = [one for one in question.mistakes if one.answer is not None]
    return [format(chance.choice(mistakes).answer or 0, "f") if mistakes else "0"]
