"""Who has answered, and what was answered. Neither is a row of somebody's: there is nothing to put in an order.

A survey is one topic of one run. `Turnout` and `Box` have one row a survey each, and what stands in it depends on who
answered and what was answered alone, never on when or in which order (see decision 16).
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kafedra.web import clock

LONGEST_ANSWER = 2000
LONGEST_SAID = 500


class Turnout(models.Model):
    """Who has answered: `memes` has their ids, in order of size, each with the meme they got for it."""

    run = models.ForeignKey("runs.Run", models.PROTECT, related_name="+")
    topic = models.PositiveSmallIntegerField()
    memes = models.JSONField(default=dict)
    reminded = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "topic"], name="one_turnout_per_survey")]

    def __str__(self) -> str:
        return f"turnout of topic {self.topic}, run {self.run_id}"


class State(models.TextChoices):
    """Of a box. Only OPENED shows anything to anybody."""

    CLOSED = "closed"
    OPENED = "opened"
    TOO_FEW = "too few"
    LOST = "lost"


class Box(models.Model):
    """What was answered. Until it is opened `half` and a file named `other` are needed to read it: each alone is noise.
    `fewest`: of all who answered, the most answers that anybody was promised it takes to open it.

    Opened, it has `forms`, how many answered, and `tallies`: slug of a scale → place → how often. The words became
    `Answer`s.
    """

    record_name = "feedback"

    run = models.ForeignKey("runs.Run", models.PROTECT, related_name="+")
    topic = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.CLOSED)
    half = models.BinaryField(default=b"")
    other = models.CharField(max_length=64, blank=True)
    fewest = models.PositiveIntegerField(default=0)
    forms = models.PositiveIntegerField(default=0)
    tallies = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "topic"], name="one_box_per_survey")]

    def __str__(self) -> str:
        return f"feedback on topic {self.topic}, run {self.run_id}"


class Remark(models.Model):
    """«Вы сказали — мы сделали»: what was heard, in the words of the staff, and what follows from it."""

    record_name = "remark"

    run = models.ForeignKey("runs.Run", models.PROTECT, related_name="+")
    topic = models.PositiveSmallIntegerField(help_text="what the feedback was about")
    said = models.CharField(max_length=LONGEST_SAID)
    done = models.TextField(blank=True, max_length=LONGEST_ANSWER, help_text="empty: the seminar will say")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.said


class Triage(models.TextChoices):
    """What staff did with an answer."""

    NEW = "new", _("new")
    SEMINAR = "seminar", _("to the seminar")
    ANSWERED = "answered", _("answered for all")
    THANKED = "thanked", _("thanked")
    FILED = "filed", _("filed")


class Answer(models.Model):
    """Words that came out of a box. Nothing leads to other words of the same form: each is alone."""

    record_name = "words"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey("runs.Run", models.PROTECT, related_name="+")
    topic = models.PositiveSmallIntegerField()
    question = models.SlugField(max_length=60)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=Triage, default=Triage.NEW)
    remark = models.ForeignKey(Remark, models.SET_NULL, null=True, blank=True, related_name="answers")

    class Meta:
        ordering = ["question", "id"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["run", "topic"], name="answers_of_a_survey")]

    def __str__(self) -> str:
        return f"answer {self.id}"


class UploadedMeme(models.Model):
    """A picture that staff added to the run's pool, written anew by us. Taken out, nobody gets it any more."""

    record_name = "meme"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey("runs.Run", models.PROTECT, related_name="+")
    alt = models.CharField(max_length=LONGEST_SAID)
    mime = models.CharField(max_length=20)
    data = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    out = models.BooleanField(default=False)

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.alt
