"""Reading the record: by person, object and date, with words; and what one person may read about themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from kafedra.web.classroom import course
from kafedra.web.classroom.models import Run
from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.record.verbs import ABOUT_POINTS, FIELDS, SHOWN_TO_WHOM_IT_CONCERNS, Verb

PAGE = 60


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed; `before` is None when there was nothing."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the record, in words."""

    entry: Entry
    verb: str
    changes: tuple[Change, ...]

    @property
    def about(self) -> str:
        """The object as the filter by object wants it."""
        return f"{self.entry.kind}:{self.entry.object_id}" if self.entry.kind else ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, newest first; `older` is where the next page begins, None on the last one."""

    lines: tuple[Line, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for; empty fields restrict nothing. `by_server` adds what nobody in particular did."""

    words: str = ""
    person: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None
    by_server: bool = False


def lines_of_run(run: Run, sought: Sought, *, before: int | None = None) -> Page:
    """The record of a run, for its instructors. Two queries at most, whatever is sought."""
    rows = Entry.objects.filter(run=run)
    if not sought.by_server:
        rows = rows.filter(who__isnull=False)
    for word in sought.words.casefold().split():
        rows = rows.filter(text__contains=word)
    if sought.person:
        person = sought.person.strip().lower()
        rows = rows.filter(Q(who__username=person) | Q(concerns__username=person))
    if sought.about:
        kind, _, object_id = sought.about.partition(":")
        rows = rows.filter(kind=kind, object_id=object_id)
    if sought.since:
        rows = rows.filter(at__gte=_midnight(sought.since))
    if sought.until:
        rows = rows.filter(at__lt=_midnight(sought.until + timedelta(days=1)))
    return _page(rows, before)


def lines_about(user: User, *, before: int | None = None, points: bool = False) -> Page:
    """What one person may read about themselves; with `points` only what moved their points."""
    shown = [verb.value for verb in SHOWN_TO_WHOM_IT_CONCERNS if not points or verb in ABOUT_POINTS]
    return _page(Entry.objects.filter(concerns=user, verb__in=shown), before)


def _page(rows: QuerySet[Entry], before: int | None) -> Page:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("who", "concerns", "run")[: PAGE + 1])
    shown = found[:PAGE]
    return Page(tuple(_line(entry) for entry in shown), shown[-1].pk if len(found) > PAGE else None)


def _line(entry: Entry) -> Line:
    known = {verb.value: verb for verb in Verb}
    verb = str(known[entry.verb].label) if entry.verb in known else entry.verb
    return Line(entry, verb, tuple(_changes(entry)))


def _changes(entry: Entry) -> Iterator[Change]:
    names: Sequence[str] = list(dict.fromkeys([*entry.before, *entry.after]))
    for name in names:
        before, after = entry.before.get(name), entry.after.get(name)
        if before not in (None, "") or after not in (None, ""):
            yield Change(str(FIELDS.get(name, name)), before, after)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), course.current().timezone)
