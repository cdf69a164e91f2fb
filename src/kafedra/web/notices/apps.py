"""How Django knows this app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notifications and who wants which."""

    name = "kafedra.web.notices"
    label = "notices"
