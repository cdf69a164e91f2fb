"""How Django knows this app."""

from django.apps import AppConfig


class GradebookConfig(AppConfig):
    """Standings, computed from facts; no tables of its own."""

    name = "kafedra.web.gradebook"
    label = "gradebook"
