"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    """Notifications and who wants which."""

    name = "kafedra.web.notices"
    label = "notices"

    def ready(self) -> None:
        """Every app's news are known; they are on the first page, and end with the membership."""
        autodiscover_modules("news")
        from kafedra.web.notices.members import hears_no_more, new_ones
        from kafedra.web.people.hooks import HOME, LEAVES

        LEAVES.add(self.label, hears_no_more)
        HOME.add(self.label, new_ones)
