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

_PLAYED, _TO_PLAY = 1, 2  # topics
_AGO = timedelta(days=10)
_DISCUSSED = 3  # after every third question neighbours discuss and vote again
_KNOW, _KNOW_AFTERWARDS = 0.55, 0.85


def play(run: Run, logins: Sequence[str]) -> None:
    """Play one and open one; of a topic that has no blitz none."""
    written = course.current().materials
    played, next_one = (written.get(number) for number in (_PLAYED, _TO_PLAY))
    instructor = User.objects.get(username=INSTRUCTOR.login)
    if played is not None and played.blitz:
        with clock.shifted(-_AGO):
            _played(run, played, instructor, logins)
    if next_one is not None and next_one.blitz:
        start(run=run, topic=next_one, by=instructor)


def _played(run: Run, topic: TopicMaterials, instructor: User, logins: Sequence[str]) -> None:
    chance = random.Random(topic.number)  # noqa: S311  # the same people know the same things each time
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
        given = right_keys(question) if chance.random() < know else _wrong(question, chance)
        hand_in(blitz=blitz, participant=seat.pk, question=question.slug, vote=blitz.vote, given=given)


def right_keys(question: Question) -> list[str]:
    """A right answer as a phone hands it in."""
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
        keys = right_keys(question)
        return [keys[1], keys[0], *keys[2:]]
    mistakes = [one for one in question.mistakes if one.answer is not None]
    return [format(chance.choice(mistakes).answer or 0, "f") if mistakes else "0"]
