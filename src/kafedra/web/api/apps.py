"""How Django knows this app."""

from django.apps import AppConfig

_LOOK_SECONDS = 3600


class ApiConfig(AppConfig):
    """Tokens for programs, and the addresses that they open."""

    name = "kafedra.web.api"
    label = "api"

    def ready(self) -> None:
        """The account leads to one's tokens; who has one that is about to expire is told in time."""
        from kafedra.web.api.sections import tokens_of
        from kafedra.web.api.services import warn
        from kafedra.web.outbox.postman import CHORES, Chore
        from kafedra.web.people.hooks import ACCOUNT

        ACCOUNT.add(self.label, tokens_of)
        CHORES.add(self.label, lambda: Chore(self.label, _LOOK_SECONDS, warn))
