"""Long lists in pages. A cursor names the last thing that was seen, so what comes meanwhile moves nothing."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from kafedra.web.api.problems import Unusable

Item = TypeVar("Item")
MOST = 500
Limit = Annotated[int, Query(ge=1, le=MOST, description=gettext_noop("how many at most"))]
Cursor = Annotated[
    str, Query(max_length=200, description=gettext_noop("“next” of the page before; empty: from the beginning"))
]


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some of the items, and the cursor of the page after them (None: there is none)."""

    items: Sequence[Item]
    next: str | None


def after(cursor: str, kind: type[int] | type[str]) -> int | str | None:
    """What the page before ended with; None at the beginning. Raises Unusable for what no page of ours has given."""
    if not cursor:
        return None
    try:
        value = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=="))
    except (binascii.Error, ValueError, RecursionError):
        value = None
    odd = not value.isprintable() if isinstance(value, str) else type(value) is int and not 0 <= value < 2**63
    if type(value) is not kind or odd:  # what PostgreSQL can't even look for among it
        words = _("This is no cursor of ours. Begin without one, then send “next” of each answer.")
        raise Unusable([{"field": "query.cursor", "message": words}])
    return value


def page_of(found: Sequence[Item], limit: int, key: Callable[[Item], int | str]) -> Page[Item]:
    """The first `limit` of `found`, which has one more if there are more."""
    shown = found[:limit]
    more = len(found) > limit
    return Page(shown, _cursor(key(shown[-1])) if more else None)


def _cursor(value: int | str) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def linked(request: HttpRequest, response: HttpResponse, page: Page[Item]) -> None:
    """Name the next page in the header `Link`, too (RFC 8288): clients follow it by themselves."""
    if page.next is not None:
        query = request.GET.copy()
        query["cursor"] = page.next
        response.headers["Link"] = f'<{request.path}?{query.urlencode()}>; rel="next"'
