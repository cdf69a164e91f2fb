"""Reads of scans. None of them reads a picture but `picture`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from kafedra.web.exams.models import Exam, Paper, Scan, ScanFile
from kafedra.web.exams.scanning.pages import is_further, known_pages, page_of

TRAY_A_PAGE = 12


def light(rows: QuerySet[Scan]) -> QuerySet[Scan]:
    """Without the pictures."""
    return rows.defer("head", "body").select_related("paper")


def files(exam: Exam) -> list[ScanFile]:
    """What was uploaded, the newest first."""
    return list(ScanFile.objects.filter(exam=exam).defer("data").select_related("by"))


def reading(files: Sequence[ScanFile]) -> bool:
    """Whether pages are still on their way."""
    return any(not one.finished for one in files)


def tray(exam: Exam) -> QuerySet[Scan]:
    """Pages that have to be sorted by hand."""
    return (
        light(Scan.objects.filter(exam=exam, paper=None, aside=False))
        .select_related("file")
        .defer("head", "body", "file__data")
    )


def aside(exam: Exam) -> QuerySet[Scan]:
    """Pages that belong to nobody."""
    return light(Scan.objects.filter(exam=exam, aside=True))


@dataclass(frozen=True, slots=True)
class Sheets:
    """What there is of a paper: its pages by number, and the places, from 1, of questions that no page is there of."""

    paper: Paper
    pages: Sequence[Scan]
    missing: Sequence[int]


def sheets(exam: Exam, papers: Sequence[Paper]) -> list[Sheets]:
    """Of each of these papers; one query."""
    found = defaultdict[int, list[Scan]](list)
    for scan in light(Scan.objects.filter(paper__in=[one.pk for one in papers])).order_by("page"):
        if scan.paper_id is not None:
            found[scan.paper_id].append(scan)
    places = range(len(exam.asked))
    return [
        Sheets(paper, rows := found[paper.pk], _missing(places, {one.page for one in rows}) if rows else ())
        for paper in papers
    ]


def _missing(places: Collection[int], pages: Collection[int | None]) -> list[int]:
    return [place + 1 for place in places if page_of(place) not in pages]


def answers(exam: Exam, sheets: Sheets, place: int) -> list[Scan]:
    """Where a question is answered: its own page, then those that may have more of it."""
    own = [one for one in sheets.pages if one.page == page_of(place)]
    return own + [one for one in sheets.pages if one.page and is_further(exam, one.page)]


@dataclass(frozen=True, slots=True)
class Counted:
    """How far the scans of an exam are."""

    pages: int
    tray: int
    whole: int
    part: int


def counted(rows: Sequence[Sheets], waiting: int) -> Counted:
    """From what each paper has."""
    begun = [one for one in rows if one.pages]
    whole = sum(not one.missing for one in begun)
    return Counted(sum(len(one.pages) for one in begun), waiting, whole, len(begun) - whole)


def choices(exam: Exam) -> list[int]:
    """Pages to choose from when one is assigned by hand."""
    return list(known_pages(exam))
