"""Looking through answers, «вы сказали — мы сделали», the pool of memes. All of it is recorded."""

from __future__ import annotations

from django.db import transaction

from kafedra.web.frame.language import spoken
from kafedra.web.frame.pictures import Redrawn
from kafedra.web.people.models import User
from kafedra.web.record.services import note
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.surveys import verbs
from kafedra.web.surveys.models import Answer, Remark, Triage, UploadedMeme


@transaction.atomic
def look_through(*, answer: Answer, state: Triage, by: User, remark: Remark | None = None) -> None:
    """Say what becomes of an answer, and which remark takes it up."""
    before = answer.state
    answer.state, answer.remark = state, remark
    answer.save(update_fields=["state", "remark"])
    note(
        who=by, verb=verbs.TRIAGED, about=answer, label=_title(answer.topic), run=answer.run,
        before={"state": before}, after={"state": state.value},
    )  # fmt: skip


@transaction.atomic
def write_remark(*, run: Run, topic: int, said: str, done: str, by: User) -> Remark:
    """What was heard about a topic and what follows; it stands on the next topic's page at once."""
    remark = Remark.objects.create(run=run, topic=topic, said=said, done=done, by=by)
    after = {"said": said, "done": done}
    note(who=by, verb=verbs.REMARK_WRITTEN, about=remark, label=_title(topic), run=run, after=after)
    return remark


@transaction.atomic
def change_remark(*, remark: Remark, said: str, done: str, by: User) -> None:
    """Other words; after the seminar one knows what was done."""
    before, after = {"said": remark.said, "done": remark.done}, {"said": said, "done": done}
    if before == after:
        return
    remark.said, remark.done = said, done
    remark.save(update_fields=["said", "done"])
    label = _title(remark.topic)
    note(who=by, verb=verbs.REMARK_WRITTEN, about=remark, label=label, run=remark.run, before=before, after=after)


@transaction.atomic
def remove_remark(*, remark: Remark, by: User) -> None:
    """It stands nowhere any more; the answers that it took up are new again."""
    remark.answers.update(state=Triage.NEW)
    before = {"said": remark.said, "done": remark.done}
    note(who=by, verb=verbs.REMARK_REMOVED, about=remark, label=_title(remark.topic), run=remark.run, before=before)
    remark.delete()


@transaction.atomic
def add_meme(*, run: Run, picture: Redrawn, alt: str, by: User) -> UploadedMeme:
    """Into the run's pool."""
    row = UploadedMeme.objects.create(
        run=run, alt=alt, mime=picture.mime, data=picture.data, width=picture.width, height=picture.height, added_by=by
    )
    note(who=by, verb=verbs.MEME_ADDED, about=row, label=alt, run=run)
    return row


@transaction.atomic
def take_out_meme(*, meme: UploadedMeme, by: User) -> None:
    """Nobody gets it any more, and whoever has it doesn't see it."""
    if UploadedMeme.objects.filter(pk=meme.pk, out=False).update(out=True, data=b""):
        note(who=by, verb=verbs.MEME_TAKEN_OUT, about=meme, label=meme.alt, run=meme.run)


def _title(topic: int) -> str:
    return course.current().topic(topic).title.in_(spoken())
