"""A blitz in a test: played by moves and answers as the pages make them."""

from __future__ import annotations

from collections.abc import Sequence

from django.test import Client
from tests.web.reading import text

from kafedra.course.topics import Question
from kafedra.web.blitz.models import Blitz, Participant
from kafedra.web.blitz.services import playing
from kafedra.web.blitz.services.answering import Taken, hand_in
from kafedra.web.blitz.steps import Move, current_question
from kafedra.web.demo.blitzing import right_keys as right
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

TOPIC = 1


def a_blitz(run: Run, by: User) -> Blitz:
    return playing.start(run=run, topic=course.current().materials[TOPIC], by=by)


def seated(blitz: Blitz, user: User | None = None, name: str = "") -> Participant:
    return playing.join(blitz=blitz, name=name, user=user)


def moved(blitz: Blitz, *moves: Move) -> Blitz:
    """The blitz after these moves of whoever started it."""
    for move in moves:
        blitz.refresh_from_db()
        assert playing.move(blitz=blitz, to=move, step=blitz.step, by=blitz.started_by), move
    blitz.refresh_from_db()
    return blitz


def wrong(question: Question) -> list[str]:
    if question.options:
        return next([option.key] for option in question.options if not option.correct)
    return right(question)[::-1] if question.kind == "order" else ["123456"]


def answers(blitz: Blitz, seat: Participant, given: Sequence[str]) -> Taken:
    """To the question on the screen, in the vote that goes on."""
    slug = current_question(blitz).slug
    return hand_in(blitz=blitz, participant=seat.pk, question=slug, vote=blitz.vote, given=given)


def sent(question: Question, given: Sequence[str]) -> dict[str, str | list[str]]:
    """The fields of the phone's form for this answer."""
    if question.kind == "order":
        return {"question": question.slug, **{f"place-{key}": str(place) for place, key in enumerate(given, 1)}}
    return {"question": question.slug, "given": list(given)}


def posts(client: Client, blitz: Blitz, given: Sequence[str]) -> str:
    """Answer the question on the screen through the phone's form; the page that follows."""
    data = sent(current_question(blitz), given) | {"vote": str(blitz.vote)}
    return text(client.post(f"/b/{blitz.code}/answer/", data, follow=True))
