"""Reading the record: by person, object and date, with words; and what one person may read about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from kafedra.course import Localized
from kafedra.web.pages.record.changes import FieldChange, changes
from kafedra.web.pages.record.searching import of_person, with_words
from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.record.verbs import known_verbs
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.runs.titles import spelt_out, titles

PAGE = 60
_YEARS = (1970, 2970)


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One line of the record, in words; `label` is what people call the object."""

    entry: Entry
    verb: str
    label: str
    changes: tuple[FieldChange, ...]

    @property
    def about(self) -> str:
        """The object as the filter by object wants it."""
        return f"{self.entry.kind}:{self.entry.object_id}" if self.entry.kind else ""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some lines, newest first; `older` is where the next page begins, None on the last one."""

    lines: tuple[RecordLine, ...]
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


def lines_of_run(run: Run, sought: Sought, *, before: int | None = None) -> RecordPage:
    """The record of a run, for its instructors. Two queries at most, one more for a person."""
    rows: QuerySet[Entry] = Entry.objects.filter(run=run)
    if not sought.by_server:
        rows = rows.filter(who__isnull=False)
    rows = with_words(rows, sought.words)
    if sought.person:
        rows = of_person(rows, sought.person)
    if sought.about:
        kind, _, object_id = sought.about.partition(":")
        rows = rows.filter(kind=kind, object_id=object_id)
    if sought.since:
        rows = rows.filter(at__gte=_midnight(sought.since))
    if sought.until:
        rows = rows.filter(at__lt=_midnight(sought.until) + timedelta(days=1))
    return _page(rows, before)


def lines_about(user: User, *, before: int | None = None, points: bool = False) -> RecordPage:
    """What one person may read about themselves; with `points` only what moved their points."""
    shown = [verb for verb in known_verbs().values() if verb.shown and (verb.moves_points or not points)]
    return _page(Entry.objects.filter(concerns=user, verb__in=shown), before)


def _page(rows: QuerySet[Entry], before: int | None) -> RecordPage:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("who", "concerns", "run")[: PAGE + 1])
    shown = found[:PAGE]
    known = titles()
    return RecordPage(tuple(_line(entry, known) for entry in shown), shown[-1].pk if len(found) > PAGE else None)


def _line(entry: Entry, known: dict[str, Localized]) -> RecordLine:
    verb = known_verbs().get(entry.verb)
    words = str(verb.label) if verb else entry.verb
    return RecordLine(entry, words, spelt_out(entry.label, known), tuple(changes(entry, known)))


def _midnight(day: date) -> datetime:
    """Where the course is taught. Years far from ours are brought near: clocks can't count them."""
    year = min(max(day.year, _YEARS[0]), _YEARS[1])
    near = day if year == day.year else date(year, 1, 1)
    return timezone.make_aware(datetime.combine(near, time.min), course.current().timezone)
