"""Questions and answers, who has the same question, whom an answer helped, and the pictures in them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

LONGEST_TITLE = 160
LONGEST_TEXT = 20_000


class About(models.TextChoices):
    """What a question is about. TEST and CELL are of one of its author's submissions; PROBLEM is a harder one."""

    RUN = "run"
    TOPIC = "topic"
    ASSIGNMENT = "assignment"
    TEST = "test"
    CELL = "cell"
    PROBLEM = "problem"


class Audience(models.TextChoices):
    """Who reads it. UNNAMED: everybody, and only staff sees who asks."""

    NAMED = "named"
    UNNAMED = "unnamed"
    STAFF = "staff"


class Written(models.Model):
    """What questions and answers share. What is removed keeps its words, which staff alone then reads.

    `removed_by` is its author, or one of the staff with a reason.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_staff = models.BooleanField()
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_why = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def removed_by_author(self) -> bool:
        """Taken back, and not hidden by staff."""
        return self.removed_at is not None and self.removed_by_id == self.author_id


class Question(Written):
    """One question. `evidence` is what of its author's work it is about; others see it only if `shows_work`.

    `words` are the lemmas that it is found by: of the title, of the text, of the answers that stand.
    """

    record_name = "question"

    run = models.ForeignKey(Run, models.PROTECT, related_name="questions")
    title = models.CharField(max_length=LONGEST_TITLE)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    about = models.CharField(max_length=10, choices=About.choices)
    topic = models.PositiveSmallIntegerField(null=True, blank=True)
    assignment = models.SlugField(max_length=60, blank=True)
    problem = models.SlugField(max_length=60, blank=True)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="+")
    test = models.CharField(max_length=200, blank=True)
    cell = models.PositiveIntegerField(null=True, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    shows_work = models.BooleanField(default=False)
    words = models.JSONField(default=list)
    pinned_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["run", "topic"], name="questions_of_topic"),
            models.Index(fields=["run", "assignment"], name="questions_of_assignment"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def of_own_work(self) -> bool:
        """About a verdict or a cell of its author's."""
        return self.about in (About.TEST, About.CELL)


class Answer(Written):
    """An answer, or what its asker says to one. `unnamed`: classmates don't see who wrote it."""

    record_name = "answer"

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    unnamed = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=models.Q(confirmed_at__isnull=False), name="one_confirmed_answer"
            )
        ]

    def __str__(self) -> str:
        return f"answer to {self.question_id}"


class Asker(models.Model):
    """Somebody who has the same question, and hears of its answers."""

    record_name = "asker"

    question = models.ForeignKey(Question, models.CASCADE, related_name="askers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "user"], name="one_asker_each")]

    def __str__(self) -> str:
        return f"{self.user_id} asks {self.question_id}"


class Helped(models.Model):
    """An answer has helped somebody."""

    record_name = "helped"

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="helped")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "user"], name="helped_once")]

    def __str__(self) -> str:
        return f"{self.answer_id} helped {self.user_id}"


class Picture(models.Model):
    """A picture of our own writing (`frame.pictures`), of a question or an answer; of neither while one writes."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="pictures")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="pictures")
    at = models.DateTimeField(default=clock.now)
    mime = models.CharField(max_length=20)
    data = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.uid}, {self.width} × {self.height}"
