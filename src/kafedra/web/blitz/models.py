"""A blitz that is played in class, who is in it, what they answered; and practice at one's own pace."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kafedra.web import clock
from kafedra.web.runs.models import Run

LONGEST_NAME = 40


class Phase(models.TextChoices):
    """What the room is doing."""

    LOBBY = "lobby", _("people are coming in")
    ASKING = "asking", _("answers are taken")
    CLOSED = "closed", _("the vote is over")
    DISCUSSING = "discussing", _("neighbours discuss")
    SHOWN = "shown", _("the answer is shown")
    OVER = "over", _("the blitz is over")


class Blitz(models.Model):
    """One blitz in one class. `questions` are those of the topic as they were when it began, JSON.

    `step` counts the presenter's moves, so that a button pressed twice moves once; `trail` is what undo goes back to.
    """

    record_name = "blitz"

    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    topic = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=8, unique=True)
    questions = models.TextField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.LOBBY)
    question = models.PositiveSmallIntegerField(default=0)
    vote = models.PositiveSmallIntegerField(default=1)
    ends_at = models.DateTimeField(null=True, blank=True)
    step = models.PositiveIntegerField(default=0)
    trail = models.JSONField(default=list)
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.code} on topic {self.topic}"


class Participant(models.Model):
    """A phone in a blitz: of somebody with an account, or of a guest with a name. A hidden name is shown to nobody."""

    record_name = "participant"

    blitz = models.ForeignKey(Blitz, models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=150)
    hidden = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["blitz", "user"], condition=Q(user__isnull=False), name="one_seat_each")
        ]

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """What one phone answered to one question in one vote: keys of options or items, or what was typed."""

    record_name = "blitz-answer"

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=80)
    vote = models.PositiveSmallIntegerField()
    given = models.JSONField()
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "question", "vote"], name="one_answer_a_question_and_vote")
        ]

    def __str__(self) -> str:
        return f"{self.question}, vote {self.vote}"


class Attempt(models.Model):
    """One passage through all questions of a topic by one student. `questions` are slugs in their order."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    topic = models.PositiveSmallIntegerField()
    questions = models.TextField()
    count = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"attempt {self.pk} at topic {self.topic}"


class AttemptAnswer(models.Model):
    """The first answer to a question in an attempt; `share` is what it was worth then, from 0 to 1."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=80)
    given = models.JSONField()
    share = models.DecimalField(max_digits=4, decimal_places=3)
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "question"], name="one_answer_an_attempt")]

    def __str__(self) -> str:
        return self.question
