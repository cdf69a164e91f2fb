"""The language that is being spoken."""

from __future__ import annotations

from django.utils.translation import get_language

from kafedra.course import Language


def spoken() -> Language:
    """The active language, as the rest of kafedra names it."""
    return "ru" if (get_language() or "").startswith("ru") else "en"
