"""How Django knows this app."""

from django.apps import AppConfig


class GradebookConfig(AppConfig):
    """Standings, computed from facts; no tables of its own."""

    name = "kafedra.web.gradebook"
    label = "gradebook"

    def ready(self) -> None:
        """Its link in the header."""
        from kafedra.web.gradebook.places import places
        from kafedra.web.people.hooks import PLACES

        PLACES.add(self.label, places)
