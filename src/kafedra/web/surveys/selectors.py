"""What students and staff see of feedback. Of a box that isn't open nothing can be read here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kafedra.course import Run as RunFacts
from kafedra.course import Topic
from kafedra.course.topics import OpenQuestion, Scale, Survey
from kafedra.notebooks.prose import visible
from kafedra.web import clock
from kafedra.web.people.runs import RunAccess
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.surveys.models import Answer, Box, Remark, State, Triage, Turnout
from kafedra.web.surveys.timing import Window, asked_topics, window


@dataclass(frozen=True, slots=True)
class Asked:
    """One survey as one person sees it. `answered`: the person has; `meme`: the key of what they got for it."""

    topic: Topic
    survey: Survey
    window: Window | None
    answered: bool
    meme: str

    @property
    def is_open(self) -> bool:
        """Whether answers are taken now."""
        return self.window is not None and self.window.is_open(clock.now())

    @property
    def waits(self) -> bool:
        """Whether this person's answer is waited for."""
        return self.is_open and not self.answered

    @property
    def has_begun(self) -> bool:
        """Whether there is anything to see of it."""
        return self.window is not None and self.window.opens <= clock.now()


def asked(access: RunAccess) -> list[Asked]:
    """Every survey of the run, in the order of classes."""
    rows = dict(Turnout.objects.filter(run=access.run).values_list("topic", "memes"))
    mine = str(access.user.pk)
    return [_asked(access, number, rows.get(number, {}), mine) for number in _topics(access)]


def asked_about(access: RunAccess, topic: int) -> Asked | None:
    """The survey of one topic; None if nothing is asked about it."""
    if topic not in _topics(access):
        return None
    row = Turnout.objects.filter(run=access.run, topic=topic).first()
    return _asked(access, topic, row.memes if row else {}, str(access.user.pk))


def _topics(access: RunAccess) -> list[int]:
    return asked_topics(course.current(), access.facts)


def _asked(access: RunAccess, number: int, memes: dict[str, str], mine: str) -> Asked:
    known = course.current()
    times = window(access.facts, number, known.timezone)
    return Asked(known.topic(number), known.survey_of(number, access.facts), times, mine in memes, memes.get(mine, ""))


@dataclass(frozen=True, slots=True)
class Distribution:
    """How often each place of a scale was chosen: `counts` from its low end to its high one."""

    scale: Scale
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many chose any."""
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        """From 1 to the highest place; None if nobody chose any."""
        weighted = sum(place * n for place, n in enumerate(self.counts, 1))
        return weighted / self.total if self.total else None

    @property
    def bars(self) -> list[tuple[int, int, int]]:
        """For each place: its number, how often, and the height of its bar in percent of the highest."""
        most = max(*self.counts, 1)
        return [(place, n, round(100 * n / most)) for place, n in enumerate(self.counts, 1)]


@dataclass(frozen=True, slots=True)
class Words:
    """The answers to one open question."""

    question: OpenQuestion
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Result:
    """What staff see of one survey. Only an opened one has `distributions` and `words`."""

    asked: Asked
    state: State
    given: int
    forms: int
    distributions: Sequence[Distribution]
    new: int

    @property
    def topic(self) -> Topic:
        """What it was about."""
        return self.asked.topic

    @property
    def nobody(self) -> bool:
        """Whether the form has closed and nobody filled it in."""
        return not self.given and not self.asked.is_open

    @property
    def is_opened(self) -> bool:
        """Whether there is anything to read."""
        return self.state is State.OPENED


def results(access: RunAccess) -> list[Result]:
    """Every survey that has begun, in the order of classes."""
    boxes = {box.topic: box for box in Box.objects.filter(run=access.run).defer("half")}
    given = {row.topic: len(row.memes) for row in Turnout.objects.filter(run=access.run)}
    new: dict[int, int] = {}
    for topic in Answer.objects.filter(run=access.run, state=Triage.NEW).values_list("topic", flat=True):
        new[topic] = new.get(topic, 0) + 1
    begun = [one for one in asked(access) if one.has_begun]
    return [_result(one, boxes.get(one.topic.number), given, new) for one in begun]


def _result(one: Asked, box: Box | None, given: dict[int, int], new: dict[int, int]) -> Result:
    number = one.topic.number
    tallies = box.tallies if box is not None else {}
    found = [
        Distribution(scale, tuple(tallies[scale.slug].get(str(place), 0) for place in range(1, scale.points + 1)))
        for scale in one.survey.scales
        if scale.slug in tallies
    ]
    state = State(box.state) if box is not None else State.CLOSED
    forms = box.forms if box is not None else 0
    return Result(one, state, given.get(number, 0), forms, found, new.get(number, 0))


def words_of(run: Run, topic: int, survey: Survey) -> list[Words]:
    """The words of an opened box by question, new ones first; signs that turn text around are shown by number."""
    by_question: dict[str, list[Answer]] = {}
    for row in Answer.objects.filter(run=run, topic=topic).select_related("remark"):
        row.text = visible(row.text)
        by_question.setdefault(row.question, []).append(row)
    for rows in by_question.values():
        rows.sort(key=lambda row: row.state != Triage.NEW)
    return [Words(question, by_question[question.slug]) for question in survey.open if question.slug in by_question]


def remarks_on(run: Run, topic: int) -> list[Remark]:
    """«Вы сказали — мы сделали» about a topic."""
    return list(Remark.objects.filter(run=run, topic=topic).select_related("by"))


def before(facts: RunFacts, topic: int) -> int | None:
    """The topic that is taught before this one, if there is one."""
    taught = list(dict.fromkeys(number for entry in facts.plan for number in entry.topics))
    at = taught.index(topic) if topic in taught else 0
    return taught[at - 1] if at else None


def new_words(run: Run) -> int:
    """How many answers nobody has looked through."""
    return Answer.objects.filter(run=run, state=Triage.NEW).count()


def students_asked(run: Run) -> int:
    """How many could answer."""
    return run.memberships.filter(role="student").count()
