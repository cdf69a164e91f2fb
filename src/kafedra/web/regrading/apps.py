"""How Django knows this app."""

from django.apps import AppConfig


class RegradingConfig(AppConfig):
    """Regrades and their trials."""

    name = "kafedra.web.regrading"
    label = "regrading"
