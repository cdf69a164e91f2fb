"""What has to happen before the first request."""

import gc

from django.apps import AppConfig

from kafedra.web.frame.translations import ensure_compiled

# Objects made since the last look. A page about three hundred students makes a hundred thousand that live until it is
# answered; looking at them every 700 (Python's own default) took a third of its time.
_GARBAGE_THRESHOLD = 50_000


class FrameConfig(AppConfig):
    """What frames every page: words, numbers, language, template tags, static files."""

    name = "kafedra.web.frame"
    label = "frame"

    def ready(self) -> None:
        """Every process that starts Django finds the translations compiled, and a patient garbage collector."""
        ensure_compiled()
        gc.set_threshold(_GARBAGE_THRESHOLD, 20, 100)
