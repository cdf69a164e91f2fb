"""How Django knows this app."""

from django.apps import AppConfig


class MarksConfig(AppConfig):
    """Marks entered by hand."""

    name = "kafedra.web.marks"
    label = "marks"

    def ready(self) -> None:
        """Whatever mark no other app gives in a run comes from here."""
        from kafedra.web.marks.selectors import entered
        from kafedra.web.standings.sources import SOURCES

        SOURCES.add(self.label, entered, rest=True)
