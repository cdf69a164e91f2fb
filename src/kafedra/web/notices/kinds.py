"""What people are told about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """One sort of news, which can be switched off as a whole."""

    VERDICT = "verdict", _("the verdict on a submission")
    REVIEW = "review", _("a review of my work")
    REMINDER = "reminder", _("a deadline of mine is near")
    DEADLINE = "deadline", _("a deadline of mine was moved")
    POINTS = "points", _("my points were set by hand")
    REGRADE = "regrade", _("an answer to my request to look at a test again")


# Whoever pushes sees the verdict in the terminal: told once more are only those who ask for it.
WANTED_AT_FIRST = frozenset(Kind) - {Kind.VERDICT}
