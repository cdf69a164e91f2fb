"""How one piece of news is told, in whatever language and time zone are active."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kafedra import policy
from kafedra.web.frame.language import spoken
from kafedra.web.frame.templatetags.kafedra import day, points
from kafedra.web.notices.kinds import Kind
from kafedra.web.runs import course, terms


def details(kind: Kind, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """What a letter says besides: there is more room than on the page."""
    return tuple(_of_reminder(facts)) if kind is Kind.REMINDER else ()


def true_until(kind: Kind, facts: Mapping[str, Any]) -> datetime | None:
    """After this moment nobody needs to be told any more."""
    return datetime.fromisoformat(facts["deadline"]) if kind is Kind.REMINDER and "deadline" in facts else None


def sentence(kind: Kind, facts: Mapping[str, Any]) -> str:
    """One sentence; `facts` hold at least `run` and the slug of the `assignment`, or several `assignments`."""
    if kind is Kind.REMINDER:
        return _("%(works)s: due %(until)s.") % {"works": _works(facts), "until": _until(facts)}
    if kind is Kind.DEADLINE:
        return _of_deadline(facts) % {"works": _works(facts), "until": _until(facts)}
    told = {"work": _title(str(facts.get("run", "")), str(facts.get("assignment", ""))), **facts}
    if kind is Kind.POINTS and facts.get("regraded"):
        return _regraded(told)
    if kind is Kind.POINTS:
        return _of_points(told)
    if kind is Kind.REVIEW and facts.get("answer"):
        return _("“%(work)s”: the reviewer has answered you.") % told
    if kind is Kind.REVIEW:
        return _("“%(work)s”: a review of your work is published.") % told
    if kind is Kind.REGRADE:
        return _("“%(work)s”: your request to look at a test again was answered.") % told
    return _("“%(work)s”: the verdict on your submission is there.") % told


def _of_deadline(facts: Mapping[str, Any]) -> str:
    undone = facts.get("undone")
    if "deadline" not in facts:  # told before moments were kept
        return _("%(works)s: the extension was undone.") if undone else _("%(works)s: your deadline is extended.")
    if facts.get("moved"):
        return _("%(works)s: the deadline has moved to %(until)s.")
    if undone:
        return _("%(works)s: the extension was undone, your deadline is %(until)s.")
    return _("%(works)s: your deadline is extended until %(until)s.")


def _of_points(told: Mapping[str, Any]) -> str:
    if told.get("terms"):
        by = {"before": points(Decimal(told["before"])), "after": points(Decimal(told["after"]))}
        return _("The terms have changed: your points for homework were %(before)s, now %(after)s.") % by
    if told.get("undone"):
        return _("“%(work)s”: the points set by hand were undone; the tests decide again.") % told
    if "points" not in told:  # told before amounts were kept
        return _("“%(work)s”: your points were set by hand.") % told
    by_hand = {**told, "points": points(Decimal(told["points"]))}
    if told.get("commit"):
        return _("“%(work)s”: submission %(commit)s was given %(points)s by hand instead of the tests.") % by_hand
    return _("“%(work)s”: your points were set by hand: %(points)s.") % by_hand


def _regraded(told: Mapping[str, Any]) -> str:
    if told.get("undone"):
        return _("“%(work)s”: the correction of the tests was taken back; your earlier verdict counts again.") % told
    return _("“%(work)s”: the tests were corrected and your submission was graded by them again.") % told


def _of_reminder(facts: Mapping[str, Any]) -> Iterator[str]:
    """Each assignment with what is to be had in time and a day later, and what lateness costs."""
    late, until = terms.in_force(str(facts["run"])).late, datetime.fromisoformat(facts["deadline"])
    kept = 1 - policy.late_penalty(until + timedelta(seconds=1), until, late)
    lines = []
    for slug, so_far in zip(_slugs(facts), facts["so_far"], strict=True):
        _homework, work = course.current().runs[str(facts["run"])].work(slug)
        told = {"work": work.title.in_(spoken()), "most": points(work.points), "later": points(work.points * kept)}
        if so_far is None:
            text = _("“%(work)s”: nothing handed in yet. In time it brings up to %(most)s, a day late up to %(later)s.")
        else:
            told["so_far"] = points(Decimal(so_far))
            text = _("“%(work)s”: %(so_far)s of %(most)s so far. A day late it brings up to %(later)s.")
        lines.append(text % told)
    yield "\n".join(lines)
    yield _(
        "Every started day after the deadline costs %(day)s %%, all together at most %(most)s %%. There is no last "
        "day: late work is worth handing in."
    ) % {"day": points(late.percent_per_day), "most": points(late.max_percent)}
    yield _("This is the only reminder of this deadline.")


def _works(facts: Mapping[str, Any]) -> str:
    run = str(facts.get("run", ""))
    return ", ".join(_("“%(work)s”") % {"work": _title(run, slug)} for slug in _slugs(facts))


def _slugs(facts: Mapping[str, Any]) -> Sequence[str]:
    return list(facts.get("assignments") or [str(facts.get("assignment", ""))])


def _until(facts: Mapping[str, Any]) -> str:
    if "deadline" not in facts:
        return "—"
    until = timezone.localtime(datetime.fromisoformat(facts["deadline"]))
    return f"{day(until.date())}, {until:%H:%M}"


def _title(run: str, slug: str) -> str:
    try:
        _homework, work = course.current().runs[run].work(slug)
    except KeyError:  # the course has changed since
        return slug
    return work.title.in_(spoken())
