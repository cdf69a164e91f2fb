"""The sentence that tells one piece of news, in whatever language is active."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kafedra.web.classroom import course
from kafedra.web.config.language import spoken
from kafedra.web.notices.kinds import Kind


def sentence(kind: Kind, facts: Mapping[str, Any]) -> str:
    """One sentence; `facts` hold at least `run` and the slug of the `assignment`."""
    told = {"work": _title(str(facts.get("run", "")), str(facts.get("assignment", ""))), **facts}
    if kind is Kind.DEADLINE and facts.get("undone"):
        return _("“%(work)s”: the extension of your deadline was undone.") % told
    if kind is Kind.DEADLINE:
        return _("“%(work)s”: your deadline was extended.") % told
    if kind is Kind.POINTS and facts.get("regraded"):
        return _regraded(told)
    if kind is Kind.POINTS and facts.get("undone"):
        return _("“%(work)s”: the points set by hand were undone; the tests decide again.") % told
    if kind is Kind.POINTS:
        return _("“%(work)s”: your points were set by hand.") % told
    if kind is Kind.REVIEW and facts.get("answer"):
        return _("“%(work)s”: the reviewer has answered you.") % told
    if kind is Kind.REVIEW:
        return _("“%(work)s”: a review of your work is published.") % told
    if kind is Kind.REGRADE:
        return _("“%(work)s”: your request to look at a test again was answered.") % told
    return _("“%(work)s”: the verdict on your submission is there.") % told


def _regraded(told: Mapping[str, Any]) -> str:
    if told.get("undone"):
        return _("“%(work)s”: the correction of the tests was taken back; your earlier verdict counts again.") % told
    return _("“%(work)s”: the tests were corrected and your submission was graded by them again.") % told


def _title(run: str, slug: str) -> str:
    try:
        _homework, work = course.current().runs[run].work(slug)
    except KeyError:  # the course has changed since
        return slug
    return work.title.in_(spoken())
