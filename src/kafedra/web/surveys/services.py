"""Answering, opening a box, reminding. Of an answer no line is written anywhere but that somebody has given one."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable

from django.db import transaction

from kafedra.web import clock
from kafedra.web.frame.language import spoken
from kafedra.web.notices.services import tell
from kafedra.web.people.models import Role, User
from kafedra.web.people.students import students_of
from kafedra.web.record.services import note
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.surveys import addresses, halves, memes, news, verbs
from kafedra.web.surveys.bag import Bag, Form
from kafedra.web.surveys.models import Answer, Box, State, Turnout
from kafedra.web.surveys.timing import Window, asked_topics, fewest_answers, window

log = logging.getLogger(__name__)


@transaction.atomic
def give(*, run: Run, topic: int, student: User, form: Form) -> bool:
    """Let a form fall into the box, and give its author a meme; False for whoever has answered already.

    Both are kept when this returns, or neither.
    """
    box, turnout = _locked(run, topic)
    if str(student.pk) in turnout.memes or box.state != State.CLOSED:
        return False
    seen = memes.earned(run, student).values()
    turnout.memes[str(student.pk)] = memes.next_for(student, topic, memes.pool(run).values(), seen)
    turnout.memes = dict(sorted(turnout.memes.items(), key=lambda entry: int(entry[0])))
    turnout.save(update_fields=["memes"])
    bag = _bag(box, run)
    bag.put(form)
    _keep(box, run, bag)
    return True


@transaction.atomic
def open_box(*, run: Run, topic: int) -> State:
    """Turn a closed box out, once, if enough have answered; with fewer, what is in it is destroyed unread.

    How many are enough, the course and the run say, but never fewer than anybody who answered was promised.
    """
    box, _turnout = _locked(run, topic)
    if box.state != State.CLOSED:
        return State(box.state)
    try:
        bag = _bag(box, run, take_up=False)
    except halves.HalfLost:
        bag, box.state = Bag(), State.LOST
    else:
        box.state = State.OPENED if bag.forms >= max(box.fewest, fewest_answers(run, topic)) else State.TOO_FEW
    if box.state == State.OPENED:
        box.forms, box.tallies = bag.forms, bag.tallies()
        _turn_out(run, topic, bag)
    _forget(box, run)
    box.save()
    note(who=None, verb=verbs.OPENED, about=box, label=_title(topic), run=run, after={"forms": box.forms})
    if box.state == State.OPENED:
        _tell_instructors(run, topic, box.forms)
    return State(box.state)


@transaction.atomic
def remind(*, run: Run, topic: int, open_until: Window) -> int:
    """Tell every student who hasn't answered that the form waits, once; returns how many."""
    _box, turnout = _locked(run, topic)
    if turnout.reminded:
        return 0
    turnout.reminded = True
    turnout.save(update_fields=["reminded"])
    waiting = [one for one in students_of(run) if one.is_active and str(one.pk) not in turnout.memes]
    deadline = open_until.closes.isoformat()
    for student in waiting:
        path = addresses.form_of(run, topic)
        tell(user=student, run=run, news=news.WAITS, path=path, topic=str(topic), deadline=deadline)
    return len(waiting)


def keep_time() -> None:
    """Look at every survey of every run: whose time has come is opened, or reminded of."""
    the_course, now = course.current(), clock.now()
    for run in Run.objects.filter(slug__in=list(the_course.runs)):
        facts = the_course.runs[run.slug]
        for topic in asked_topics(the_course, facts):
            times = window(facts, topic, the_course.timezone)
            if times is not None and now >= times.opens:
                _in_time(run, topic, times)


def _in_time(run: Run, topic: int, times: Window) -> None:
    now = clock.now()
    if now >= times.closes:
        if Box.objects.filter(run=run, topic=topic, state=State.CLOSED).exists():
            open_box(run=run, topic=topic)
    elif now >= times.reminds and not Turnout.objects.filter(run=run, topic=topic, reminded=True).exists():
        remind(run=run, topic=topic, open_until=times)


def _locked(run: Run, topic: int) -> tuple[Box, Turnout]:
    """Both rows of a survey; whoever has them is alone with its halves until the transaction ends."""
    box, _ = Box.objects.get_or_create(run=run, topic=topic)
    turnout, _ = Turnout.objects.get_or_create(run=run, topic=topic)
    box = Box.objects.select_for_update().get(pk=box.pk)
    return box, Turnout.objects.select_for_update().get(pk=turnout.pk)


def _bag(box: Box, run: Run, *, take_up: bool = True) -> Bag:
    """What lies in the box. A lost half is said once in the log, and then, if `take_up`, one begins anew."""
    if not box.other:
        return Bag()
    try:
        return Bag.read(halves.join(bytes(box.half), box.other, halves.folder_of(run, box.topic)))
    except halves.HalfLost as error:
        log.error("feedback on topic %s of %s: what was answered so far can't be read: %s", box.topic, run, error)
        if not take_up:
            raise
        return Bag()


def _keep(box: Box, run: Run, bag: Bag) -> None:
    folder, before = halves.folder_of(run, box.topic), box.other
    halves.destroy(folder, halves.others(folder, keep=before))
    box.half, box.other = halves.split(bag.written(), folder)
    box.fewest = max(box.fewest, fewest_answers(run, box.topic))
    box.save(update_fields=["half", "other", "fewest"])
    transaction.on_commit(lambda: halves.destroy(folder, [before]))


def _forget(box: Box, run: Run) -> None:
    folder = halves.folder_of(run, box.topic)
    names = halves.others(folder, keep="")
    box.half, box.other = b"", ""
    transaction.on_commit(lambda: halves.destroy(folder, names))


def _turn_out(run: Run, topic: int, bag: Bag) -> None:
    """The words as rows, each under a random key; they are written in the order of keys, which says nothing."""
    rows: Iterable[Answer] = (
        Answer(id=uuid.uuid4(), run=run, topic=topic, question=slug, text=text)
        for slug, texts in bag.words.items()
        for text in texts
    )
    Answer.objects.bulk_create(sorted(rows, key=lambda row: row.id))


def _tell_instructors(run: Run, topic: int, forms: int) -> None:
    path = addresses.results_of(run, topic)
    for member in run.memberships.filter(role=Role.INSTRUCTOR).select_related("user"):
        tell(user=member.user, run=run, news=news.OPENED, path=path, topic=str(topic), forms=str(forms))


def _title(topic: int) -> str:
    return course.current().topic(topic).title.in_(spoken())
