"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RecordConfig(AppConfig):
    """The record of every write."""

    name = "kafedra.web.record"
    label = "record"

    def ready(self) -> None:
        """Every app's verbs are known before the first page."""
        autodiscover_modules("verbs")
