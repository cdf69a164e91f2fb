"""What the sentences of news share: how assignments and moments are called in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kafedra.web.frame.language import spoken
from kafedra.web.frame.templatetags.kafedra import day
from kafedra.web.notices.kinds import NewsFacts
from kafedra.web.runs import course


def with_work(facts: NewsFacts) -> dict[str, Any]:
    """The facts, and the title of their assignment as `work`."""
    return {"work": title(str(facts.get("run", "")), str(facts.get("assignment", ""))), **facts}


def with_works(facts: NewsFacts) -> dict[str, str]:
    """The titles of the assignments, quoted, as `works`; the moment `deadline` in words as `until`."""
    run = str(facts.get("run", ""))
    works = ", ".join(_("“%(work)s”") % {"work": title(run, slug)} for slug in slugs(facts))
    return {"works": works, "until": until(facts)}


def slugs(facts: NewsFacts) -> Sequence[str]:
    """The assignments that the news are about: the one, or several."""
    return list(facts.get("assignments") or [str(facts.get("assignment", ""))])


def until(facts: NewsFacts) -> str:
    """The moment `deadline` in words."""
    moment = timezone.localtime(datetime.fromisoformat(facts["deadline"]))
    return f"{day(moment.date())}, {moment:%H:%M}"


def title(run: str, slug: str) -> str:
    """What an assignment of a run is called; its slug, if the course has changed since."""
    try:
        _homework, work = course.current().runs[run].work(slug)
    except KeyError:
        return slug
    return work.title.in_(spoken())
