"""How Django knows this app."""

from django.apps import AppConfig


class TermsConfig(AppConfig):
    """Accepting changed terms."""

    name = "kafedra.web.terms"
    label = "terms"
