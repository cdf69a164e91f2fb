"""The operator has named loopback, and a receiver listens there."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from tests.web.webhooks.receiving import Receiver, receiver


@pytest.fixture(autouse=True)
def loopback_is_named(settings) -> None:  # type: ignore[no-untyped-def]  # pytest-django's own object
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)


@pytest.fixture
def bot() -> Iterator[Receiver]:
    with receiver() as found:
        yield found
