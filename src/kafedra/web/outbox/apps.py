"""How Django knows this app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Letters on their way, and the postman."""

    name = "kafedra.web.outbox"
    label = "outbox"
