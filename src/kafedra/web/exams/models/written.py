"""Exams, whose papers they are, what was chosen, and marks."""

from __future__ import annotations

import secrets
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kafedra.exam.bank import Question
from kafedra.exam.drafting import Paper as Asked
from kafedra.web import clock
from kafedra.web.people.models.request import Request
from kafedra.web.runs.models import Run

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

LONGEST_REASON = 300


def _key() -> str:
    return secrets.token_urlsafe(18)


class Exam(models.Model):
    """A written exam. `asked` keeps the questions as they were when they were drawn: rows, and in each the variants.

    `mark` is the name of the mark in the formula; `key` signs the codes on the pages. A paper's number, up to
    `last_number`, is never given twice, because sheets with it may be printed. Nothing of the marks is seen by students
    before `published_at`.
    """

    record_name = "exam"

    run = models.ForeignKey(Run, models.PROTECT, related_name="exams")
    mark = models.CharField(max_length=60)
    at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    choose_until = models.DateTimeField(null=True, blank=True)
    seed = models.PositiveIntegerField()
    asked = models.JSONField()
    key = models.CharField(max_length=40, default=_key)
    last_number = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    if TYPE_CHECKING:
        papers: RelatedManager[Paper]

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["run", "mark"], name="one_exam_for_a_mark")]

    def __str__(self) -> str:
        return f"{self.mark} of {self.run_id}"

    @property
    def questions(self) -> Asked:
        """What is asked."""
        return Asked(tuple(tuple(Question.of_data(one) for one in row) for row in self.asked))


class Paper(models.Model):
    """The paper of one student. `number` stands on its pages; `variant` is counted from 0."""

    record_name = "paper"

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="papers")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    variant = models.PositiveSmallIntegerField()
    seat = models.CharField(max_length=40, blank=True)

    if TYPE_CHECKING:
        marks: RelatedManager[Mark]
        appeals: RelatedManager[Appeal]

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["exam", "student"], name="one_paper_each"),
            models.UniqueConstraint(fields=["exam", "number"], name="one_paper_a_number"),
        ]

    def __str__(self) -> str:
        return f"paper {self.number}"


class Choice(models.Model):
    """Whether a student sits the exam or takes the automat. Who has none keeps the better of the two."""

    record_name = "choice"

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="choices")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sits = models.BooleanField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exam", "student"], name="one_choice_each")]

    def __str__(self) -> str:
        return f"{self.student_id} {'sits' if self.sits else 'does not sit'} {self.exam_id}"


class _Points(models.Model):
    """What somebody gives to a part of an answer; places and parts are from 0."""

    place = models.PositiveSmallIntegerField()
    part = models.PositiveSmallIntegerField()
    points: models.DecimalField[Decimal, Decimal] = models.DecimalField(max_digits=6, decimal_places=2)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


class Mark(_Points):
    """What one part of one answer earned, and why. `version` grows with each change."""

    record_name = "exam_mark"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="marks")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["place", "part"]
        constraints = [models.UniqueConstraint(fields=["paper", "place", "part"], name="one_mark_a_part")]

    def __str__(self) -> str:
        return f"{self.points} for part {self.part + 1} of question {self.place + 1}"


class Opinion(_Points):
    """What one of two markers gives to a part; a mark comes of two that agree, or of a decision between them."""

    record_name = "exam_opinion"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="opinions")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "place", "part", "by"], name="one_opinion_each")]

    def __str__(self) -> str:
        return f"{self.points} for part {self.part + 1} of question {self.place + 1}"


class Appeal(Request):
    """A student asks to look at one part of their paper again; open until it is answered. Numbers are from 0."""

    record_name = "exam_appeal"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="appeals")
    place = models.PositiveSmallIntegerField()
    part = models.PositiveSmallIntegerField()

    class Meta(Request.Meta):
        constraints = [models.UniqueConstraint(fields=["paper", "place", "part"], name="one_exam_appeal_a_part")]

    def __str__(self) -> str:
        return f"{self.place + 1}.{self.part + 1} of paper {self.paper_id}"
