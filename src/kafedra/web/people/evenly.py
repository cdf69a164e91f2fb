"""Answers that take the same time whether somebody is known here or not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def evenly() -> Iterator[None]:
    """What is done inside takes LETTER_ANSWER_SECONDS, which is longer than a letter to be written down."""
    began = time.monotonic()
    try:
        yield
    finally:
        time.sleep(max(0.0, settings.LETTER_ANSWER_SECONDS - (time.monotonic() - began)))
