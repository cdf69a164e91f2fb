"""Storing answers: many at once, once each."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial

from django.db import transaction

from kafedra.web import clock
from kafedra.web.blitz import live
from kafedra.web.blitz.asked import restored
from kafedra.web.blitz.models import Answer, Blitz, Phase
from kafedra.web.blitz.writer import Writer


class Taken(Enum):
    """What became of an answer."""

    WRITTEN = "written"
    TOO_LATE = "late"  # the right answer is on the screen


@dataclass(frozen=True, slots=True)
class Handed:
    """An answer on its way: of which participant, in which blitz, to what."""

    blitz: int
    participant: int
    question: str
    vote: int
    given: tuple[str, ...]
    moment: datetime


Key = tuple[int, str, int]


def write(handed: Sequence[Handed]) -> list[Taken]:
    """Store them in the running transaction. Of several to the same question in one vote the last counts.

    An answer to a vote that is over by now is taken as long as the right one has not been shown: the phone may have
    been without a network when its owner tapped. It changes nothing that was answered in time.
    """
    found = Blitz.objects.select_for_update(of=("self",)).filter(pk__in={one.blitz for one in handed})
    blitzes = {blitz.pk: blitz for blitz in found}
    now, earlier, results = dict[Key, Answer](), dict[Key, Answer](), list[Taken]()
    for one in handed:
        taken = _takes(blitzes.get(one.blitz), one)
        results.append(taken)
        if taken is Taken.WRITTEN:
            row = Answer(
                participant_id=one.participant, question=one.question, vote=one.vote, given=list(one.given),
                given_at=one.moment,
            )  # fmt: skip
            current = blitzes[one.blitz].vote == one.vote
            (now if current else earlier)[one.participant, one.question, one.vote] = row
    unique, changed = ["participant", "question", "vote"], ["given", "given_at"]
    Answer.objects.bulk_create(now.values(), update_conflicts=True, unique_fields=unique, update_fields=changed)
    Answer.objects.bulk_create(earlier.values(), ignore_conflicts=True)
    return results


def _takes(blitz: Blitz | None, one: Handed) -> Taken:
    if blitz is None or blitz.phase not in (Phase.ASKING, Phase.CLOSED, Phase.DISCUSSING):
        return Taken.TOO_LATE
    current = restored(blitz.questions)[blitz.question].slug
    return Taken.WRITTEN if one.question == current and 1 <= one.vote <= blitz.vote else Taken.TOO_LATE


def _written(handed: Sequence[Handed]) -> Sequence[Taken]:
    taken = write(handed)
    for blitz in {one.blitz for one in handed}:
        transaction.on_commit(partial(live.changed, blitz))
    return taken


_writer = Writer(_written)


def hand_in(*, blitz: Blitz, participant: int, question: str, vote: int, given: Sequence[str]) -> Taken:
    """Returns when the answer is on the disk."""
    return _writer.put(Handed(blitz.pk, participant, question, vote, tuple(given), clock.now()))


def submitted(handed: Handed) -> Future[Taken]:
    """The same for whoever must not wait in a thread; kept when the answer is on the disk."""
    return _writer.submit(handed)
