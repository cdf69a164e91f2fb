"""Scanned sheets: the files that came, and the pages that were found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.exams.models.written import Exam, Paper

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

LONGEST_NAME = 120


class ScanFile(models.Model):
    """A file that was uploaded. It is kept until `done` of its `pages` are all of them; then only the pages are.

    `unread` has the numbers, from 1, of pages that could not be read; `same` counts those that were there already.
    """

    record_name = "scans"

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="scan_files")
    name = models.CharField(max_length=LONGEST_NAME)
    digest = models.CharField(max_length=64)
    data = models.BinaryField()
    pages = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    unread = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    if TYPE_CHECKING:
        scans: RelatedManager[Scan]

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["exam", "digest"], name="one_file_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def finished(self) -> bool:
        """Every page was looked at."""
        return self.done >= self.pages


class Scan(models.Model):
    """One page as a picture (JPEG). `head` has the name and is empty where no code was found; `body` is the rest.

    A page without a paper waits to be sorted by hand, unless it was put `aside`. `code` is what was read on it,
    `number` where it was in its file, from 1.
    """

    record_name = "scan"

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="scans")
    file = models.ForeignKey(ScanFile, models.PROTECT, related_name="scans")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    head = models.BinaryField()
    body = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    code = models.CharField(max_length=80, blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="scans")
    page = models.PositiveSmallIntegerField(null=True)
    aside = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["exam", "digest"], name="one_picture_once"),
            models.UniqueConstraint(fields=["paper", "page"], name="one_scan_a_page"),
        ]

    def __str__(self) -> str:
        return f"page {self.number} of {self.file_id}"
