"""How Django knows this app."""

from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    """New versions of assignments, for those who have the old one."""

    name = "kafedra.web.updates"
    label = "updates"
