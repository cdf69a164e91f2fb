"""How Django knows this app."""

from django.apps import AppConfig


class AdjustmentsConfig(AppConfig):
    """Later deadlines, and points set by hand."""

    name = "kafedra.web.adjustments"
    label = "adjustments"
