"""How Django knows this app."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Reminding of deadlines."""

    name = "kafedra.web.reminders"
    label = "reminders"
