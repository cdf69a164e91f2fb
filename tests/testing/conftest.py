"""Messages are in Russian unless a test asks for another language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kafedra.testing import wording


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    wording.speak("ru")
    yield
    wording.speak("ru")
