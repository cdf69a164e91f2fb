"""Whether letters leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import connection

from kafedra.web import clock
from kafedra.web.frame.doctor import Finding, Health, finding
from kafedra.web.outbox import files
from kafedra.web.outbox.models import Letter
from kafedra.web.outbox.selectors import outbox

_LATE = timedelta(minutes=5)


def letters() -> Iterator[Finding]:
    """By which way letters leave, and whether they do."""
    by_server = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    way = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}" if by_server else f"files in {files.folder()}"
    if Letter._meta.db_table not in connection.introspection.table_names():
        yield Finding("letters", Health.OK, way)
        return
    known = outbox()
    late = known.since is not None and clock.now() - known.since > _LATE
    detail = f"{way}, {known.waiting} waiting, {known.failed} failed, {known.expired} too late"
    if known.error and (late or known.failed):
        detail += f"; the last error: {known.error.splitlines()[0]}"
    remedy = "check KAFEDRA_MAIL_URL and the mail server; what waits leaves by itself, what failed by the page Letters"
    yield finding("letters", not (late or known.failed), detail, remedy, Health.WARN)
