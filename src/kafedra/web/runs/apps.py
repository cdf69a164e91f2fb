"""How Django knows this app."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """The course in force, its runs, and the terms that count in each."""

    name = "kafedra.web.runs"
    label = "runs"
