"""How Django knows this app."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The record of every write."""

    name = "kafedra.web.record"
    label = "record"
