"""How Django knows this app."""

from django.apps import AppConfig


class ExamsConfig(AppConfig):
    """Written exams."""

    name = "kafedra.web.exams"
    label = "exams"

    def ready(self) -> None:
        """A link in the header, a line on the first page, the mark that formulas name; scans are read as they come."""
        from kafedra.web.exams import places
        from kafedra.web.exams.scale import contribution, published_in
        from kafedra.web.exams.scanning.services import read_on
        from kafedra.web.exams.scanning.words import MOST_BYTES_AT_ONCE
        from kafedra.web.frame.bodies import LARGER, Larger
        from kafedra.web.outbox.postman import CHORES, Chore
        from kafedra.web.people.hooks import HOME, KEEPS, PLACES
        from kafedra.web.standings.sources import SOURCES

        PLACES.add(self.label, places.places)
        HOME.add(self.label, places.on_first_page)
        KEEPS.add(self.label, places.stays)
        SOURCES.add(self.label, contribution, claims=published_in)
        CHORES.add("scans", lambda: Chore("scans", 0, read_on))  # whenever the postman comes
        LARGER.add(self.label, lambda: Larger(r"/[^/]+/exams/\d+/scans/", MOST_BYTES_AT_ONCE))
