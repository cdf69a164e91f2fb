"""How Django knows this app."""

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    """Requests to look at a test again."""

    name = "kafedra.web.appeals"
    label = "appeals"
