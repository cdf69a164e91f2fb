"""What a student asks staff to look at again, and its one answer: shared by all rooms where one may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models

from kafedra.web import clock

if TYPE_CHECKING:
    from kafedra.web.people.models import User


class Request(models.Model):
    """Open until it is answered; what it is about are the fields that the room adds."""

    message = models.TextField()
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-asked_at", "-pk"]

    @classmethod
    def asked(cls, message: str, **about: Any) -> tuple[Self, bool]:
        """The request about this, and whether these words are new; call it in a transaction.

        Asking again while nobody has answered changes the words; an answered one stays as it is.
        """
        row, created = cls._default_manager.select_for_update().get_or_create(**about, defaults={"message": message})
        if created:
            return row, True
        if row.answered_at is not None or row.message == message:
            return row, False
        row.message = message
        row.save(update_fields=["message"])
        return row, True

    def settle(self, text: str, by: User) -> bool:
        """Answer it, once; False when a colleague was first."""
        unanswered = type(self)._default_manager.filter(pk=self.pk, answered_at=None)
        return bool(unanswered.update(answer=text, answered_at=clock.now(), answered_by=by))
