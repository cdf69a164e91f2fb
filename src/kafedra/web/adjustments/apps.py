"""How Django knows this app."""

from django.apps import AppConfig


class AdjustmentsConfig(AppConfig):
    """Later deadlines, and points set by hand."""

    name = "kafedra.web.adjustments"
    label = "adjustments"

    def ready(self) -> None:
        """Say what counts, and where it is decided."""
        from kafedra.web.adjustments.places import places
        from kafedra.web.adjustments.selectors import adjustments
        from kafedra.web.people.hooks import PLACES
        from kafedra.web.standings.sources import SOURCES

        SOURCES.add(self.label, adjustments, fills=("extensions", "final", "judged"))
        PLACES.add(self.label, places)
