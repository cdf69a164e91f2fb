"""The writes of feedback."""

from __future__ import annotations

from tests.web.cases import Act, World, exempt, writes

from kafedra.web.frame.pictures import Redrawn
from kafedra.web.surveys import services
from kafedra.web.surveys.models import Answer, Remark, Triage, UploadedMeme
from kafedra.web.surveys.working import services as working

exempt("an answer is anonymous: a line with its moment would help to find its author", services.give)
exempt("a reminder changes nothing; that it was sent is kept with the turnout", services.remind)
exempt("what it does is done by the others", services.keep_time)


def _remark(w: World) -> Remark:
    return working.write_remark(run=w.run, topic=3, said="too fast", done="slower", by=w.instructor)


def _meme(w: World) -> UploadedMeme:
    return working.add_meme(run=w.run, picture=Redrawn("image/png", b"pixels", 1, 1), alt="a cat", by=w.instructor)


@writes(services.open_box)
def opening(w: World) -> Act:
    return lambda: services.open_box(run=w.run, topic=3)


@writes(working.look_through)
def looking_through(w: World) -> Act:
    answer = Answer.objects.create(run=w.run, topic=3, question="unclear", text="…")
    return lambda: working.look_through(answer=answer, state=Triage.FILED, by=w.instructor)


@writes(working.write_remark)
def remarking(w: World) -> Act:
    return lambda: _remark(w)


@writes(working.change_remark)
def changing_a_remark(w: World) -> Act:
    remark = _remark(w)
    return lambda: working.change_remark(remark=remark, said="too slow", done="faster", by=w.instructor)


@writes(working.remove_remark)
def removing_a_remark(w: World) -> Act:
    remark = _remark(w)
    return lambda: working.remove_remark(remark=remark, by=w.instructor)


@writes(working.add_meme)
def adding_a_meme(w: World) -> Act:
    return lambda: _meme(w)


@writes(working.take_out_meme)
def taking_a_meme_out(w: World) -> Act:
    meme = _meme(w)
    return lambda: working.take_out_meme(meme=meme, by=w.instructor)
