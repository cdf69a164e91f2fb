"""What has to happen before the first request."""

from django.apps import AppConfig

from kafedra.web.frame import garbage
from kafedra.web.frame.translations import ensure_compiled


class FrameConfig(AppConfig):
    """What frames every page: words, numbers, language, template tags, static files."""

    name = "kafedra.web.frame"
    label = "frame"

    def ready(self) -> None:
        """Every process that starts Django finds the translations compiled, and a patient garbage collector."""
        ensure_compiled()
        garbage.be_patient()
