"""How Django knows this app."""

from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    """Integrity cases."""

    name = "kafedra.web.integrity"
    label = "integrity"

    def ready(self) -> None:
        """Whose homework counts as nothing; a student's first page, what stays of who leaves."""
        from kafedra.web.integrity import places
        from kafedra.web.integrity.zeroing import zeroed
        from kafedra.web.people.hooks import HOME, KEEPS
        from kafedra.web.standings.sources import SOURCES

        SOURCES.add(self.label, zeroed, fills=("zeroed",))
        HOME.add(self.label, places.home)
        KEEPS.add(self.label, places.stays)
