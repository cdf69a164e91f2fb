"""Which part of the queue a reviewer goes through: chosen on the page of the queue, carried along in the addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest

from kafedra.web.people.models import User
from kafedra.web.reviews.known import Reason
from kafedra.web.reviews.queue import WaitingForReview, in_my_order

SCOPES = ("mine", "free", "all", "done")
ORDERS = ("questions", "newest")  # and what waits longest first, which needs no name
REASONS = tuple(reason.value for reason in Reason if reason is not Reason.DONE)
QUESTIONS = (Reason.ASKED, Reason.REQUESTED)


@dataclass(frozen=True)
class Selection:
    """A filter and an order. Without a `scope` it is what one goes through: one's own works, then the free ones."""

    scope: str = ""
    assignment: str = ""
    reason: str = ""
    order: str = ""

    @property
    def suffix(self) -> str:
        """For the end of an address: `?scope=free`, or nothing."""
        return f"?{query}" if (query := self._query()) else ""

    @property
    def more(self) -> str:
        """For the end of an address that has a query already."""
        return f"&{query}" if (query := self._query()) else ""

    def _query(self) -> str:
        return urlencode({name: value for name, value in vars(self).items() if value})

    def of_scope(self, scope: str) -> Selection:
        """The same with another scope; what is reviewed waits for no reason."""
        return replace(self, scope=scope, reason="" if scope == "done" else self.reason)

    def filtered(self, items: Sequence[WaitingForReview]) -> list[WaitingForReview]:
        """Those of the chosen assignment and reason, in the chosen order."""
        found = [item for item in items if self.assignment in ("", item.work.slug) and self.reason in ("", item.reason)]
        if self.order == "newest":
            return sorted(found, key=lambda item: (item.since, item.submission), reverse=True)
        if self.order == "questions":
            return sorted(found, key=lambda item: item.reason not in QUESTIONS)
        return found

    def listed(self, items: Sequence[WaitingForReview], me: User, keep: int = 0) -> list[WaitingForReview]:
        """What the selection shows to `me`; the work in the repository `keep` stays in it though it changed hands."""
        if not self.scope:
            return in_my_order(self.filtered(items), me)
        return [item for item in self.filtered(items) if self._has(item, me) or item.repository == keep]

    def _has(self, item: WaitingForReview, me: User) -> bool:
        if self.scope in ("all", "done"):
            return True
        return item.free if self.scope == "free" else item.is_with(me)


def selection(request: HttpRequest) -> Selection:
    """What the address of a request selects."""
    asked = request.GET
    scope, reason, order = (asked.get(name, "") for name in ("scope", "reason", "order"))
    found = Selection(
        assignment=asked.get("assignment", "")[:60],
        reason=reason if reason in REASONS else "",
        order=order if order in ORDERS else "",
    )
    return found.of_scope(scope if scope in SCOPES else "")
