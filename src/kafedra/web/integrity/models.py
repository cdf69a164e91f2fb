"""Integrity cases: what was seen, whom it is about, what staff marked in it, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from django.conf import settings
from django.db import models

from kafedra.policy import Ground, Ruling
from kafedra.web import clock
from kafedra.web.frame import words
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

LONGEST_TEXT = 10_000


class Case(models.Model):
    """One case in one assignment: of two submissions, or of one. `words` say what was seen; the students read them."""

    record_name = "case"

    run = models.ForeignKey(Run, models.PROTECT, related_name="cases")
    assignment = models.SlugField(max_length=60)
    ground = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Ground])
    words = models.TextField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.assignment} {self.pk}"

    @cached_property
    def both(self) -> Sequence[Side]:
        """Its sides, one or two, in the order in which they stand beside each other."""
        return list(self.sides.all())

    @property
    def closed(self) -> bool:
        """True when it is decided about everybody."""
        return all(side.decided for side in self.both)

    @property
    def about(self) -> str:
        """The ground in words."""
        return str(words.GROUNDS[self.ground])

    @property
    def may_be_marked(self) -> bool:
        """What the first student was shown stays as it was shown; and nothing is marked in a closed case."""
        return not self.closed and not any(side.told_at or side.decisions.all() for side in self.both)


class Side(models.Model):
    """One submission of a case and its author. `lines` is its text as it was seen, `cited` what the author named.

    `left_out` is how many lines there were beyond the limit; `problem` says why there is no text.
    """

    record_name = "case_side"

    case = models.ForeignKey(Case, models.PROTECT, related_name="sides")
    place = models.PositiveSmallIntegerField()
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="case_sides")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="case_sides")
    lines = models.JSONField(default=list)
    cited = models.JSONField(default=list)
    left_out = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["case", "place"], name="one_side_at_each_place"),
            models.UniqueConstraint(fields=["case", "student"], name="one_side_of_each_student"),
        ]

    def __str__(self) -> str:
        return f"{self.student_id} in case {self.case_id}"

    @property
    def decision(self) -> Decision | None:
        """What is in force."""
        return next((one for one in self.decisions.all() if one.reversed_at is None), None)

    @property
    def decided(self) -> bool:
        """Whether anything is in force."""
        return self.decision is not None

    @property
    def time_is_over(self) -> bool:
        """Whether the student was asked, and may not answer any more."""
        return self.answer_by is not None and self.answer_by < clock.now()

    @property
    def may_answer(self) -> bool:
        """Whether the student may answer, or say it otherwise."""
        return self.told_at is not None and not self.time_is_over and not self.decided

    @property
    def state(self) -> str:
        """One word: decided, answered, silent, asked or noted."""
        if self.decided:
            return "decided"
        if self.answered_at:
            return "answered"
        if self.told_at is None:
            return "noted"
        return "silent" if self.time_is_over else "asked"

    @property
    def stands(self) -> str:
        """The same in words; for what is decided, the decision."""
        return str(words.RULINGS[self.decision.ruling] if self.decision else words.CASES[self.state])


class Fragment(models.Model):
    """Lines that staff marked, from 1 and inclusive: of the first side, and those of the second that are like them."""

    record_name = "case_fragment"

    case = models.ForeignKey(Case, models.PROTECT, related_name="fragments")
    first_from = models.PositiveIntegerField()
    first_to = models.PositiveIntegerField()
    second_from = models.PositiveIntegerField(null=True, blank=True)
    second_to = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["first_from", "pk"]

    def __str__(self) -> str:
        return f"{self.first_from}–{self.first_to}"

    def lines_of(self, place: int) -> tuple[int, int] | None:
        """The first and the last line of the side at this place; None where it has none."""
        if place == 0:
            return self.first_from, self.first_to
        return None if self.second_from is None or self.second_to is None else (self.second_from, self.second_to)


class Decision(models.Model):
    """What was decided about one side. At most one is in force; it is never changed, only reversed.

    Not `told`: it was dropped before its student had heard of it.
    """

    record_name = "case_decision"

    side = models.ForeignKey(Side, models.PROTECT, related_name="decisions")
    ruling = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Ruling])
    reason = models.TextField()
    told = models.BooleanField(default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    reversed_at = models.DateTimeField(null=True, blank=True)
    reversed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reversed_why = models.TextField(blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["side"], condition=models.Q(reversed_at__isnull=True), name="one_decision_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ruling} for {self.side_id}"

    @property
    def words(self) -> str:
        """The ruling in words."""
        return str(words.RULINGS[self.ruling])
