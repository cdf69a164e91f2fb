"""From news to what is sent. It is written down in the transaction of the news: kept or lost together with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from kafedra.web import clock
from kafedra.web.frame.numbers import written
from kafedra.web.notices.hooks import Told
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.submissions.models import Report
from kafedra.web.webhooks import selectors, services
from kafedra.web.webhooks.models import Event

Json = Mapping[str, Any]


def heard(told: Told) -> None:
    """Send a piece of news on to the addresses that asked for it; news that are no event are for people alone."""
    known = EVENTS.get(told.news.name)
    if known is None:
        return
    event, data = known
    if hooks := selectors.hearing(told.run, told.user, event):
        services.send(webhooks=hooks, event=event.value, body=body(event.value, _of(told) | data(told)))


def body(event: str, data: Json) -> str:
    """What is sent, as Standard Webhooks has it: the type, the moment, the data."""
    return json.dumps({"type": event, "timestamp": clock.now().isoformat(), "data": data}, ensure_ascii=False)


def _of(told: Told) -> dict[str, Any]:
    student: User = told.user
    return {
        "run": told.run.slug,
        "student": {"login": student.username, "name": student.get_full_name()},
        "page": settings.BASE_URL + told.path,
    }


def _submission(told: Told) -> dict[str, Any]:
    """Whose verdict or review it is. The points are the judge's; what counts in the end, the API knows."""
    submission = int(told.facts["submission"])
    found: dict[str, Any] = {"assignment": _work(told, told.facts["assignment"]), "submission": submission}
    report = Report.objects.filter(submission=submission).order_by("-created_at", "-pk").first()
    if report is not None:
        found |= {
            "points": float(written(report.points, separator=".")),
            "max_points": float(written(report.max_points, separator=".")),
        }
    return found


def _deadline(told: Told) -> dict[str, Any]:
    works: Iterable[str] = told.facts["assignments"]
    deadline = datetime.fromisoformat(told.facts["deadline"]).astimezone(course.current().timezone)
    return {"assignments": [_work(told, slug) for slug in works], "deadline": deadline.isoformat()}


def _work(told: Told, slug: str) -> dict[str, str]:
    """An assignment as the course calls it: a program says it to somebody whose language nobody knows."""
    _homework, work = course.current().runs[told.run.slug].work(slug)
    return {"slug": slug, "title": work.title.in_(course.current().language)}


# By the name of the news.
EVENTS: dict[str, tuple[Event, Callable[[Told], dict[str, Any]]]] = {
    "verdict": (Event.VERDICT, _submission),
    "review": (Event.REVIEW, _submission),
    "reminder": (Event.DEADLINE, _deadline),
}
