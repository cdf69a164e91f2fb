"""How Django knows this app."""

from django.apps import AppConfig

_FORGET_SECONDS = 3600


class OutboxConfig(AppConfig):
    """Letters on their way, and the postman."""

    name = "kafedra.web.outbox"
    label = "outbox"

    def ready(self) -> None:
        """The doctor looks at letters; old ones are forgotten."""
        from kafedra.web.frame.doctor import CHECKS
        from kafedra.web.outbox.doctor import letters
        from kafedra.web.outbox.postman import CHORES, Chore
        from kafedra.web.outbox.services import forget_old

        CHECKS.add("letters", letters)
        CHORES.add("old letters", lambda: Chore("old letters", _FORGET_SECONDS, forget_old))
