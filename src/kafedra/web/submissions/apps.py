"""How Django knows this app."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """Repositories, submissions, reports."""

    name = "kafedra.web.submissions"
    label = "submissions"
