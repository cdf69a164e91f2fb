"""Letters as files, while there is no mail server: one each, such as every mail program opens."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from kafedra.web import clock


def folder() -> Path:
    """Where they are: `letters/` of the data folder."""
    return settings.DATA_DIR / "letters"


class EmailBackend(BaseEmailBackend):
    """Writes each letter to a file of its own in :func:`folder`, which only the server's account reads.

    Django's back end for files names them by the second and by the connection's address in memory, which the next
    connection may be given again: then two letters are one file.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._folder = folder()

    def open(self) -> bool:
        """Make the folder; raises OSError where that can't be done."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return False

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them; raises OSError, and a letter is whole or not there."""
        self.open()
        for message in email_messages:
            self._write(message.message().as_bytes())
        return len(email_messages)

    def _write(self, letter: bytes) -> None:
        prefix = clock.now().strftime("%Y%m%d-%H%M%S-%f-")
        descriptor, name = tempfile.mkstemp(prefix=prefix, suffix=".part", dir=self._folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(letter)
            Path(name).replace(Path(name).with_suffix(".eml"))
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
