"""Questions as lists show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from kafedra.web.people.runs import RunAccess
from kafedra.web.questions import subjects
from kafedra.web.questions.models import Audience, Question
from kafedra.web.questions.shown import Reader, name_of
from kafedra.web.questions.waiting import Standing, standings


@dataclass(frozen=True)
class Row:
    """One line of a list. `people` have the same question; `unnamed`: classmates don't see `who`."""

    question: Question
    about: str
    who: str
    standing: Standing
    people: int
    unnamed: bool


def rows_of(access: RunAccess, questions: Sequence[Question]) -> list[Row]:
    """Lines in the order of the questions. One query."""
    known, reader = standings(questions), Reader.of(access)
    return [
        Row(
            one,
            subjects.words(access.run.slug, subjects.subject_of(one)),
            name_of(one.author, reader, unnamed=one.audience == Audience.UNNAMED)[0],
            known[one.pk],
            getattr(one, "people", 0),
            one.audience == Audience.UNNAMED and (access.is_staff or one.author_id == access.user.pk),
        )
        for one in questions
    ]


def of_value(rows: QuerySet[Question], value: str) -> QuerySet[Question]:
    """Those about a topic with its harder problems, or an assignment with its tests and cells; else all of them."""
    kind, _colon, name = value.partition(":")
    if kind == "topic" and name.isascii() and name.isdecimal() and len(name) < 4:
        return rows.filter(topic=int(name))
    if kind == "assignment" and name:
        return rows.filter(assignment=name)
    return rows


def newest(rows: QuerySet[Question]) -> QuerySet[Question]:
    """Pinned ones first, then the newest; with how many have each."""
    counted = rows.annotate(people=Count("askers"))
    return counted.order_by(F("pinned_at").desc(nulls_last=True), "-at", "-pk")
