"""What a token may be used for. A scope only narrows: nobody reaches by a token what their pages don't show them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One kind of what a program may do. The value is stored in tokens for ever."""

    OWN_READ = "own:read", _("read what is mine: standing, deadlines, submissions and their reports")
    SUBMISSIONS_READ = "submissions:read", _("read everybody's submissions and reports, as a teacher")
    GRADEBOOK_READ = "gradebook:read", _("read everybody's points and grades, as a teacher")
    ROSTER_READ = "roster:read", _("read who belongs to a run, addresses included, as an instructor")
    EXTENSIONS_READ = "extensions:read", _("read the extensions of a run, as an instructor")
    EXTENSIONS_WRITE = "extensions:write", _("give and undo extensions, as an instructor")
    MARKS_READ = "marks:read", _("read marks that people enter, as a teacher")
    MARKS_WRITE = "marks:write", _("enter marks, as a teacher")


FOR_STAFF = frozenset(Scope) - {Scope.OWN_READ}
