"""Letters put into the outbox, and what became of them."""

from __future__ import annotations

from kafedra.web.outbox import services
from kafedra.web.outbox.models import Letter


def put(address: str = "anna@example.org", **more) -> Letter:  # type: ignore[no-untyped-def]  # see `services.put`
    return services.put(address=address, subject="news", text="There are news.", **more)


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))
