"""Which questions wait for staff, since when, and from which topic confusion comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from kafedra.web import clock
from kafedra.web.questions import subjects
from kafedra.web.questions.models import About, Answer, Question
from kafedra.web.runs.models import Run

LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stands: `waiting` (since when), `answered` by staff, or `resolved`; how many have answered."""

    state: str
    since: datetime | None
    answers: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """What was asked lately about one topic or assignment: how often, by how many, how many wait, the oldest."""

    about: str
    value: str
    questions: int
    people: int
    waiting: int
    oldest: datetime | None


def standings(questions: Iterable[Question]) -> dict[int, Standing]:
    """Of each question, by its id. One query."""
    rows = {one.pk: one for one in questions}
    turns = defaultdict[int, list[tuple[int, bool, datetime]]](list)
    found = Answer.objects.filter(question__in=rows, removed_at=None).order_by("at", "pk")
    for question, author, by_staff, at in found.values_list("question", "author", "by_staff", "at"):
        turns[question].append((author, by_staff, at))
    return {pk: _standing(question, turns[pk]) for pk, question in rows.items()}


def _standing(question: Question, turns: Sequence[tuple[int, bool, datetime]]) -> Standing:
    """It waits from its author's first word that no teacher has answered; what classmates say doesn't end that."""
    since = None if question.by_staff else question.at
    for author, by_staff, at in turns:
        if by_staff:
            since = None
        elif author == question.author_id and since is None:
            since = at
    answers = sum(author != question.author_id for author, _by_staff, _at in turns)
    if question.resolved_at is not None:
        return Standing("resolved", None, answers)
    if since is None:
        return Standing("answered" if answers else "open", None, answers)
    return Standing("waiting", since, answers)


def waiting(run: Run) -> list[tuple[Question, Standing]]:
    """The questions of the run that wait for staff, what waits longest first."""
    rows = Question.objects.filter(run=run, removed_at=None, duplicate_of=None, resolved_at=None, by_staff=False)
    questions = list(rows.select_related("author", "run").annotate(people=Count("askers")))
    known = standings(questions)
    found = [(one, known[one.pk]) for one in questions if known[one.pk].state == "waiting"]
    return sorted(found, key=lambda pair: (pair[1].since or pair[0].at, pair[0].pk))


def confusion(run: Run) -> list[Confusion]:
    """By topic and assignment, what was asked in the last two weeks or still waits; the most people first."""
    rows = Question.objects.filter(run=run, removed_at=None, by_staff=False)
    rows = rows.filter(Q(at__gte=clock.now() - LATELY) | Q(resolved_at=None, duplicate_of=None))
    questions = list(rows.annotate(people=Count("askers")))
    known, groups = standings(questions), defaultdict[str, list[Question]](list)
    for one in questions:
        groups[_place(one)].append(one)
    found = [_confusion(run.slug, value, some, known) for value, some in groups.items()]
    return sorted(found, key=lambda one: (-one.people, -one.waiting, one.value))


def _place(question: Question) -> str:
    """A harder problem is of its topic, a verdict and a cell of their assignment."""
    if question.topic is not None:
        return f"topic:{question.topic}"
    return f"assignment:{question.assignment}" if question.assignment else "run"


def _confusion(run: str, value: str, some: Sequence[Question], known: Mapping[int, Standing]) -> Confusion:
    kind, _colon, name = value.partition(":")
    about = {"topic": About.TOPIC, "assignment": About.ASSIGNMENT}.get(kind, About.RUN)
    subject = subjects.Subject(
        about, topic=int(name) if kind == "topic" else None, assignment=name if kind == "assignment" else ""
    )
    waits = [known[one.pk].since for one in some if known[one.pk].state == "waiting" and one.duplicate_of_id is None]
    people = sum(1 + one.people for one in some)  # type: ignore[attr-defined]  # annotated above
    oldest = min((at for at in waits if at is not None), default=None)
    return Confusion(subjects.words(run, subject), value, len(some), people, len(waits), oldest)
