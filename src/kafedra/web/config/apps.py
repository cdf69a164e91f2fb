"""How Django knows this app."""

from django.apps import AppConfig

from kafedra.web.config.translations import ensure_compiled


class FrameConfig(AppConfig):
    """What frames every page: settings, language, error pages, template tags."""

    name = "kafedra.web.config"
    label = "frame"

    def ready(self) -> None:
        """Every process that starts Django finds the translations compiled."""
        ensure_compiled()
