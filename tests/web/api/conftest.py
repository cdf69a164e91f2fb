"""Nobody has asked yet."""

from __future__ import annotations

import pytest

from kafedra.web.api import rate


@pytest.fixture(autouse=True)
def full_buckets() -> None:
    """What other tests of the same process asked doesn't count here."""
    rate.by_token.forget()
    rate.wrong_tokens.forget()
