"""How Django knows this app."""

from django.apps import AppConfig


class TermsConfig(AppConfig):
    """Accepting changed terms."""

    name = "kafedra.web.terms"
    label = "terms"

    def ready(self) -> None:
        """Changed terms are announced on the first page."""
        from kafedra.web.people.hooks import HOME
        from kafedra.web.terms.sections import waiting_terms

        HOME.add(self.label, waiting_terms)
