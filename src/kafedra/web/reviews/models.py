"""Facts of reviews: who looks after which work, what is being written about it, what was published.

A draft is rows that change; a publication is a document that never does. Students see publications only.
"""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.submissions.models import Repository, Submission


class Claim(models.Model):
    """Who reviews the work in one repository: claimed by themselves, or assigned."""

    record_name = "claim"

    repository = models.OneToOneField(Repository, models.CASCADE, related_name="claim")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims")
    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.repository_id} with {self.holder_id}"


class Review(models.Model):
    """The draft about one submission. `revision` grows with each change to it, whoever makes the change."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="review")
    revision = models.PositiveIntegerField(default=0)
    published_revision = models.PositiveIntegerField(null=True, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"review of {self.submission_id}"


class Comment(models.Model):
    """One comment of a draft, on a cell (counted from 1) or on the whole work (0); it may take points off.

    `uid` is chosen where the comment is typed, so that saving it twice makes one. `revision` counts its changes.
    """

    record_name = "comment"

    review = models.ForeignKey(Review, models.CASCADE, related_name="comments")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    cell = models.PositiveIntegerField()
    text = models.TextField()
    taken_off = models.DecimalField(max_digits=6, decimal_places=3, default=Decimal(0))
    into_bank = models.BooleanField(default=False)
    bank_key = models.CharField(
        max_length=200, blank=True, help_text="the entries of the bank in it, with spaces between"
    )
    repeats = models.UUIDField(
        null=True, blank=True, help_text="uid of the comment on another submission that it repeats"
    )
    revision = models.PositiveIntegerField(default=1)
    page = models.CharField(max_length=36, blank=True, help_text="which opening of the page saved it last")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["cell", "pk"]

    def __str__(self) -> str:
        return f"cell {self.cell} of {self.review_id}"


class Publication(models.Model):
    """One published version of a review; the newest one counts. `document` is what the student reads."""

    record_name = "publication"

    review = models.ForeignKey(Review, models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_off = models.DecimalField(max_digits=6, decimal_places=3)
    document = models.JSONField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="one_publication_per_number")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.review_id}"


class BankEntry(models.Model):
    """A comment worth repeating, for one assignment, over all runs. The course's own entries are in its files."""

    record_name = "bank-entry"

    assignment = models.SlugField(max_length=60, db_index=True)
    text = models.TextField()
    taken_off = models.DecimalField(max_digits=6, decimal_places=3, default=Decimal(0))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    hidden = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "bank entries"

    def __str__(self) -> str:
        return f"{self.assignment}: {self.text[:40]}"


class Message(models.Model):
    """One turn of the conversation about a submission: about one comment, or about the review as a whole.

    What is said about one comment, or about the whole, is a thread. It is open from a student's message until one of
    the staff in the same thread: an answer, or an empty one, which closes the thread without words.
    """

    record_name = "message"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="messages")
    comment = models.UUIDField(null=True, blank=True, help_text="uid of the comment; empty: the whole review")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_staff = models.BooleanField()
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["submission", "at"], name="messages_of_submission")]

    def __str__(self) -> str:
        return f"{self.author_id} about {self.submission_id}"
