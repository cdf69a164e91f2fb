"""The writes of blitzes."""

from __future__ import annotations

from tests.web.blitz.played import TOPIC, a_blitz, seated
from tests.web.cases import Act, World, exempt, writes

from kafedra.web.blitz.services import answering, playing, practising
from kafedra.web.blitz.steps import Move
from kafedra.web.runs import course


@writes(playing.start)
def starting(w: World) -> Act:
    topic = course.current().materials[TOPIC]
    return lambda: playing.start(run=w.run, topic=topic, by=w.instructor)


@writes(playing.move)
def ending(w: World) -> Act:
    blitz = a_blitz(w.run, w.instructor)
    return lambda: playing.move(blitz=blitz, to=Move.FINISH, step=0, by=w.instructor)


@writes(playing.hide)
def hiding(w: World) -> Act:
    seat = seated(a_blitz(w.run, w.instructor), name="!")
    return lambda: playing.hide(participant=seat, hidden=True, by=w.instructor)


exempt("a seat is a row with its moment", playing.join)
exempt("an answer is a row with its moment; none moves points", answering.write, answering.hand_in, answering.submitted)
exempt("attempts and their answers are rows with their moments, never changed", practising.begin, practising.practise)
