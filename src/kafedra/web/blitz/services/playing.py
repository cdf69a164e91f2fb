"""A blitz and its moves, people coming in."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.course.topics import TopicMaterials
from kafedra.web.blitz import live, verbs
from kafedra.web.blitz.asked import kept
from kafedra.web.blitz.models import Blitz, Participant, Phase
from kafedra.web.blitz.steps import Move, allowed, make
from kafedra.web.record.services import note

if TYPE_CHECKING:
    from kafedra.web.people.models import User
    from kafedra.web.runs.models import Run

# Typed on a phone from the last row: no letter looks like a digit, and no word comes out.
_CODE_LETTERS, _CODE_LENGTH = "BCDFGHJKMNPQRTVWXZ2346789", 5
MOST_PARTICIPANTS = 2000


class Full(Exception):
    """The blitz takes no more phones."""


@transaction.atomic
def start(*, run: Run, topic: TopicMaterials, by: User) -> Blitz:
    """Open a blitz on this topic: phones can come in, nothing is asked yet."""
    blitz = Blitz.objects.create(
        run=run, topic=topic.number, code=_new_code(), questions=kept(topic.blitz), started_by=by
    )
    note(who=by, verb=verbs.STARTED, about=blitz, label=_label(blitz), run=run, after={"blitz_topic": topic.number})
    return blitz


@transaction.atomic
def move(*, blitz: Blitz, to: Move, step: int, by: User) -> bool:
    """One move of the presenter's, made for `step`; False when the blitz has moved on meanwhile, or can't do this."""
    row = Blitz.objects.select_for_update(of=("self",)).get(pk=blitz.pk)
    if row.step != step or to not in allowed(row):
        return False
    make(row, to)
    row.save(update_fields=["phase", "question", "vote", "ends_at", "step", "trail", "over_at"])
    if row.phase == Phase.OVER:
        after = {"blitz_topic": row.topic, "participants": row.participants.count()}
        note(who=by, verb=verbs.OVER, about=row, label=_label(row), run=row.run, after=after)
    transaction.on_commit(lambda: live.changed(row.pk))
    return True


@transaction.atomic
def join(*, blitz: Blitz, name: str, user: User | None) -> Participant:
    """A seat in the blitz; whoever has an account has one, from however many phones. Raises Full."""
    if user is not None:
        found, _new = Participant.objects.get_or_create(
            blitz=blitz, user=user, defaults={"name": user.get_full_name()[:150]}
        )
    else:
        if blitz.participants.count() >= MOST_PARTICIPANTS:
            raise Full
        found = Participant.objects.create(blitz=blitz, name=name)
    transaction.on_commit(lambda: live.changed(blitz.pk))
    return found


@transaction.atomic
def hide(*, participant: Participant, hidden: bool, by: User) -> None:
    """Let a name be seen by nobody, or again."""
    if Participant.objects.filter(pk=participant.pk, hidden=not hidden).update(hidden=hidden):
        blitz = participant.blitz
        verb = verbs.HIDDEN if hidden else verbs.SHOWN
        note(who=by, verb=verb, about=participant, run=blitz.run, concerns=participant.user)
        transaction.on_commit(lambda: live.changed(blitz.pk))


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
        if not Blitz.objects.filter(code=code).exists():
            return code


def _label(blitz: Blitz) -> str:
    return f"{blitz.topic} · {blitz.code}"
