"""How Django knows this app."""

from django.apps import AppConfig

_REMIND_SECONDS = 300


class RemindersConfig(AppConfig):
    """Reminding of deadlines."""

    name = "kafedra.web.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Somebody has to look whose time has come."""
        from kafedra.web.outbox.postman import CHORES, Chore
        from kafedra.web.reminders.services import remind

        CHORES.add("reminders", lambda: Chore("reminders", _REMIND_SECONDS, remind))
