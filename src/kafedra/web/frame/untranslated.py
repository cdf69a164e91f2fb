"""Words that are found in one process and read in another, which knows the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext


def noop(message: str) -> str:
    """Marks a message for the catalogue, without any setting of Django's."""
    return message


class Untranslated(Exception):
    """Its text is translated when it is read: `message` of the catalogue, with what is `told` put in."""

    def __init__(self, message: str, told: Mapping[str, object] | None = None) -> None:
        super().__init__(message, told or {})

    def __str__(self) -> str:
        message, told = self.args
        return gettext(message) % told if told else gettext(message)
