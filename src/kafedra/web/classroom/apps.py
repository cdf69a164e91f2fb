"""How Django knows this app."""

from django.apps import AppConfig


class ClassroomConfig(AppConfig):
    """Runs, repositories, submissions, reports."""

    name = "kafedra.web.classroom"
    label = "classroom"
