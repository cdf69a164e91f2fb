"""How Django knows this app."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Addresses that hear of news, and what was sent to them."""

    name = "kafedra.web.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        """They hear what people are told, end with the membership, and are served by the postman."""
        from kafedra.web.notices.hooks import TOLD
        from kafedra.web.outbox.postman import CHORES, Chore
        from kafedra.web.people.hooks import ACCOUNT, KEEPS, LEAVES, STEPS_DOWN
        from kafedra.web.webhooks.courier import deliver
        from kafedra.web.webhooks.events import heard
        from kafedra.web.webhooks.members import ends, left, stepped_down
        from kafedra.web.webhooks.sections import webhooks_of
        from kafedra.web.webhooks.services import forget_old

        TOLD.add(self.label, heard)
        LEAVES.add(self.label, left)
        KEEPS.add(self.label, ends)
        STEPS_DOWN.add(self.label, stepped_down)
        ACCOUNT.add(self.label, webhooks_of)
        CHORES.add(self.label, lambda: Chore(self.label, 0, deliver))  # whenever the postman comes
        CHORES.add("old deliveries", lambda: Chore("old deliveries", 3600, forget_old))
