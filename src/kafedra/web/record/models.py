"""One line of the record. Lines are only ever added."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models

from kafedra.web import clock


class AppendOnly(TypeError):
    """Somebody tried to change or remove what was recorded."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads and adds; refuses the rest."""

    def update(self, **_values: Any) -> NoReturn:
        raise AppendOnly("the record is only ever added to")

    def delete(self) -> NoReturn:
        raise AppendOnly("the record is only ever added to")


class Entry(models.Model):
    """Who (None: the server itself) did what (`verb`) to what (`kind`, `object_id`, `label`), when, and why.

    `before` and `after` hold plain values by field; `concerns` is the student whose points or rights it touches.
    """

    at = models.DateTimeField(default=clock.now)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey("runs.Run", models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    label = models.CharField(max_length=240)
    concerns = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    text = models.TextField(help_text="what the search looks at, in lower case")

    objects: ClassVar[models.Manager[Entry]] = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["run", "-id"], name="record_of_run"),
            models.Index(fields=["concerns", "-id"], name="record_of_person"),
            models.Index(fields=["kind", "object_id"], name="record_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the line; raises AppendOnly when it is there already."""
        if self.pk is not None:
            raise AppendOnly("the record is only ever added to")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise AppendOnly("the record is only ever added to")
