"""How Django knows this app."""

from django.apps import AppConfig


class ExamsConfig(AppConfig):
    """Written exams."""

    name = "kafedra.web.exams"
    label = "exams"

    def ready(self) -> None:
        """A link in the header, a line on the first page, and the mark that formulas name."""
        from kafedra.web.exams import places
        from kafedra.web.exams.selectors import contribution, published_in
        from kafedra.web.people.hooks import HOME, PLACES
        from kafedra.web.standings.sources import SOURCES

        PLACES.add(self.label, places.places)
        HOME.add(self.label, places.on_first_page)
        SOURCES.add(self.label, contribution, claims=published_in)
