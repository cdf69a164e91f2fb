"""How Django knows this app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notifications and who wants which."""

    name = "kafedra.web.notices"
    label = "notices"

    def ready(self) -> None:
        """News are on the first page, and end with the membership."""
        from kafedra.web.notices.members import hears_no_more, new_ones
        from kafedra.web.people.hooks import HOME, LEAVES

        LEAVES.add(self.label, hears_no_more)
        HOME.add(self.label, new_ones)
