"""Writes of scans: a file is kept first and read afterwards, so that nothing is lost when the server stops."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kafedra.exam.codes import read_code
from kafedra.exam.scans import CannotScan, ScannedPage, count_pages, read_pages
from kafedra.web.exams import verbs
from kafedra.web.exams.given import Refused
from kafedra.web.exams.models import Exam, Paper, Scan, ScanFile
from kafedra.web.exams.models.scans import LONGEST_NAME
from kafedra.web.exams.scanning import words
from kafedra.web.exams.scanning.pages import known_pages
from kafedra.web.frame.apart import TooCostly, apart_within
from kafedra.web.outbox import doorbell
from kafedra.web.people.models import User
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record

_SECONDS, _MEMORY_MB = 12, 700  # for some pages, and for looking into a file; a page needs 0.1
_SECONDS_FOR_ONE: Final = 6
_PATIENCE: Final = 12  # pages that can't be read; what has more is no scan, and the rest of it isn't tried
_AT_ONCE: Final = 6  # pages
_SLICE_SECONDS: Final = 3.0  # letters wait no longer than that


def take(*, exam: Exam, name: str, data: bytes, by: User) -> ScanFile:
    """Keep a file; its pages are read soon after. Raises Refused with the reason."""
    if len(data) > words.MOST_BYTES:
        raise Refused(_("More than %(n)d MB: send it in parts.") % {"n": words.MOST_BYTES >> 20})
    digest = hashlib.sha256(data).hexdigest()
    if ScanFile.objects.filter(exam=exam, digest=digest).exists():
        raise Refused(_("This file is here already."))
    try:
        pages = apart_within(_SECONDS, _MEMORY_MB, count_pages, data)
    except CannotScan as error:
        raise Refused(words.refusal(error)) from None
    except TooCostly:
        raise Refused(words.too_costly()) from None
    return _keep(exam, name, data, digest, pages, by)


@transaction.atomic
def _keep(exam: Exam, name: str, data: bytes, digest: str, pages: int, by: User) -> ScanFile:
    row, new = ScanFile.objects.get_or_create(
        exam=exam, digest=digest,
        defaults={"name": _clean(name), "data": data, "pages": pages, "by": by},
    )  # fmt: skip
    if not new:
        raise Refused(_("This file is here already."))
    told: dict[str, Value] = {"scanned_pages": pages}
    record(who=by, verb=verbs.SCANNED, about=row, label=row.name, run=exam.run, after=told)
    transaction.on_commit(doorbell.ring)
    return row


def _clean(name: str) -> str:
    return "".join(one if one.isprintable() else " " for one in name)[-LONGEST_NAME:] or "scan"


def read_on() -> None:
    """Read pages of files that are not finished, for a few seconds; then others have their turn, and the bell rings."""
    until = time.monotonic() + _SLICE_SECONDS
    while waiting := ScanFile.objects.filter(done__lt=F("pages")).order_by("pk").first():
        read_some(file=waiting)
        if time.monotonic() > until:
            doorbell.ring()
            return


def read_some(*, file: ScanFile) -> None:
    """Read the next few pages of a file. What can't be read is noted, and the others are read all the same."""
    first, data = file.done, bytes(file.data)
    count = min(_AT_ONCE, file.pages - first)
    try:
        found: Sequence[ScannedPage | None] = apart_within(_SECONDS, _MEMORY_MB, read_pages, data, first, count)
    except (CannotScan, TooCostly):
        found = [_one(data, first + step) for step in range(count)]
    _assign(file, first, found)


def _one(data: bytes, number: int) -> ScannedPage | None:
    try:
        return next(iter(apart_within(_SECONDS_FOR_ONE, _MEMORY_MB, read_pages, data, number, 1)), None)
    except (CannotScan, TooCostly):
        return None


@transaction.atomic
def _assign(file: ScanFile, first: int, found: Sequence[ScannedPage | None]) -> None:
    """Write pages down, unless somebody else has done so meanwhile."""
    now = ScanFile.objects.select_for_update().defer("data").filter(pk=file.pk, done=first).first()
    if now is None:
        return
    for number, page in enumerate(found, first + 1):
        if page is None:
            now.unread = [*now.unread, number]
        elif not _kept(now, number, page):
            now.same += 1
    now.done = first + len(found)
    if len(now.unread) >= _PATIENCE:
        now.unread, now.done = [*now.unread, *range(now.done + 1, now.pages + 1)], now.pages
    fields = ["unread", "same", "done"]
    if now.finished:
        now.data, fields = b"", [*fields, "data"]
        placed = now.scans.filter(paper__isnull=False).count()
        told: dict[str, Value] = {"scanned_pages": placed}
        record(who=None, verb=verbs.READ, about=now, label=now.name, run=now.exam.run, after=told)
    now.save(update_fields=fields)


def _kept(file: ScanFile, number: int, page: ScannedPage) -> bool:
    digest = hashlib.sha256(page.head + page.body).hexdigest()
    if Scan.objects.filter(exam=file.exam_id, digest=digest).exists():
        return False
    scan = Scan(
        exam_id=file.exam_id, file=file, number=number, digest=digest, head=page.head, body=page.body,
        width=page.width, height=page.height, code=", ".join(page.codes)[:80],
    )  # fmt: skip
    place = _place_of(file.exam, page.codes)
    if place is not None:
        _free(*place)
        scan.paper, scan.page = place
    scan.save()
    return True


def _place_of(exam: Exam, codes: Sequence[str]) -> tuple[Paper, int] | None:
    """Where a page belongs; None unless exactly one code on it is of this exam, and of a paper that there is."""
    read = {code for code in (read_code(text, exam.key) for text in codes) if code is not None}
    if len(read) != 1:
        return None
    (code,) = read
    paper = exam.papers.filter(number=code.paper).first()
    return (paper, code.page) if paper is not None and code.page in known_pages(exam) else None


def _free(paper: Paper, page: int) -> None:
    """A newer picture of a page takes its place; the older one is put aside, and can be brought back."""
    Scan.objects.filter(paper=paper, page=page).update(paper=None, page=None, aside=True)


@transaction.atomic
def place(*, scan: Scan, paper: Paper, page: int | None, by: User) -> int:
    """Say by hand whose page this is; `page` None is a further sheet, after the printed ones. Which page it became."""
    if page is None:
        have = Scan.objects.filter(paper=paper).exclude(pk=scan.pk).values_list("page", flat=True)
        page = max([known_pages(scan.exam)[-1], *(one for one in have if one)]) + 1
    if (scan.paper_id, scan.page) == (paper.pk, page):
        return page
    before = _told(scan)
    _free(paper, page)
    scan.paper, scan.page, scan.aside = paper, page, False
    scan.save(update_fields=["paper", "page", "aside"])
    record(
        who=by, verb=verbs.PLACED, about=scan, label=scan.exam.mark, run=scan.exam.run, before=before, after=_told(scan)
    )
    return page


@transaction.atomic
def put_aside(*, scan: Scan, by: User) -> None:
    """It is nobody's answer: an empty page, somebody's notes."""
    before = _told(scan)
    scan.paper, scan.page, scan.aside = None, None, True
    scan.save(update_fields=["paper", "page", "aside"])
    record(
        who=by, verb=verbs.PLACED, about=scan, label=scan.exam.mark, run=scan.exam.run, before=before, after=_told(scan)
    )


@transaction.atomic
def remove_file(*, file: ScanFile, by: User) -> None:
    """Take a file away with every page that came with it: it was of something else."""
    told: dict[str, Value] = {"scanned_pages": file.scans.count()}
    record(who=by, verb=verbs.UNSCANNED, about=file, label=file.name, run=file.exam.run, before=told)
    file.scans.all().delete()
    file.delete()


def _told(scan: Scan) -> dict[str, Value]:
    return {"scan_place": f"{scan.paper.number}.{scan.page}" if scan.paper else ("—" if scan.aside else "")}
