"""The presenter's moves: what may follow what, and what undo goes back to."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from kafedra.course.topics import Question
from kafedra.web import clock
from kafedra.web.blitz.asked import restored
from kafedra.web.blitz.models import Blitz, Phase

MORE = timedelta(seconds=15)


class Move(StrEnum):
    """What the presenter can do."""

    ASK = "ask"  # the first question, or the next
    MORE = "more"  # time
    CLOSE = "close"
    DISCUSS = "discuss"
    AGAIN = "again"  # the second vote
    SHOW = "show"
    FINISH = "finish"
    UNDO = "undo"


_FROM = {
    Move.ASK: {Phase.LOBBY, Phase.SHOWN},
    Move.MORE: {Phase.ASKING},
    Move.CLOSE: {Phase.ASKING},
    Move.DISCUSS: {Phase.CLOSED},
    Move.AGAIN: {Phase.CLOSED, Phase.DISCUSSING},
    Move.SHOW: {Phase.ASKING, Phase.CLOSED, Phase.DISCUSSING},
    Move.FINISH: set(Phase) - {Phase.OVER},
}


def questions_of(blitz: Blitz) -> tuple[Question, ...]:
    """What is asked in this blitz, in order."""
    return restored(blitz.questions)


def current_question(blitz: Blitz) -> Question:
    """The question on the screen; in the lobby the first one."""
    return questions_of(blitz)[blitz.question]


def allowed(blitz: Blitz) -> frozenset[Move]:
    """The moves that are possible now."""
    moves = {move for move, phases in _FROM.items() if blitz.phase in phases}
    if blitz.phase == Phase.SHOWN and blitz.question + 1 >= len(questions_of(blitz)):
        moves.discard(Move.ASK)
    if blitz.vote > 1:
        moves -= {Move.DISCUSS, Move.AGAIN}
    if blitz.ends_at is None:
        moves.discard(Move.MORE)
    if blitz.trail:
        moves.add(Move.UNDO)
    return frozenset(moves)


def make(blitz: Blitz, move: Move) -> None:
    """Change the row, not yet saved, by an allowed move."""
    if move is Move.MORE:
        assert blitz.ends_at is not None, "only what ends can last longer"
        blitz.ends_at = max(blitz.ends_at, clock.now()) + MORE
        return
    blitz.step += 1
    if move is Move.UNDO:
        _back(blitz)
        return
    blitz.trail = [*blitz.trail, [blitz.phase, blitz.question, blitz.vote]]
    blitz.ends_at = None
    if move is Move.ASK:
        blitz.question, blitz.vote = blitz.question + (blitz.phase == Phase.SHOWN), 1
        blitz.ends_at = _end(blitz)
    elif move is Move.AGAIN:
        blitz.vote, blitz.ends_at = 2, _end(blitz)
    elif move is Move.FINISH:
        blitz.over_at = clock.now()
    blitz.phase = _TO[move]


_TO = {
    Move.ASK: Phase.ASKING, Move.CLOSE: Phase.CLOSED, Move.DISCUSS: Phase.DISCUSSING, Move.AGAIN: Phase.ASKING,
    Move.SHOW: Phase.SHOWN, Move.FINISH: Phase.OVER,
}  # fmt: skip


def _end(blitz: Blitz) -> datetime:
    return clock.now() + timedelta(seconds=current_question(blitz).seconds)


def _back(blitz: Blitz) -> None:
    """Undo never takes an answer away, and gives no countdown: whoever reopens a vote closes it."""
    before: list[Any] = blitz.trail[-1]
    blitz.trail, blitz.ends_at, blitz.over_at = blitz.trail[:-1], None, None
    blitz.phase, blitz.question, blitz.vote = before
