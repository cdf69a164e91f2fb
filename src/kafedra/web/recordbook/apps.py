"""How Django knows this app."""

from django.apps import AppConfig


class RecordBookConfig(AppConfig):
    """Final grades."""

    name = "kafedra.web.recordbook"
    label = "recordbook"
