"""Requests to look at a test again."""

from __future__ import annotations

from django.db import models

from kafedra.web.people.models.request import Request
from kafedra.web.submissions.models import Submission


class Appeal(Request):
    """A student asks a person to look at one test of one submission; open until it is answered."""

    record_name = "appeal"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="appeals")
    test = models.CharField(max_length=200)

    class Meta(Request.Meta):
        constraints = [models.UniqueConstraint(fields=["submission", "test"], name="one_appeal_per_test")]

    def __str__(self) -> str:
        return f"{self.test} of {self.submission_id}"
