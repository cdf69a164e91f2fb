"""How Django knows this app."""

from django.apps import AppConfig


class SolutionsConfig(AppConfig):
    """Who has opened which solution."""

    name = "kafedra.web.solutions"
    label = "solutions"

    def ready(self) -> None:
        """Say who knows what."""
        from kafedra.web.solutions.selectors import openings
        from kafedra.web.standings.sources import SOURCES

        SOURCES.add(self.label, openings, fills=("opened",))
