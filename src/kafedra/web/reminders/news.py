"""What people are told of a deadline that is near."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra import policy
from kafedra.web.frame.language import spoken
from kafedra.web.frame.templatetags.kafedra import points
from kafedra.web.notices.kinds import NewsFacts, kind, news
from kafedra.web.notices.wording import slugs, with_works
from kafedra.web.runs import course, terms


def _due(facts: NewsFacts) -> str:
    return _("%(works)s: due %(until)s.") % with_works(facts)


def _details(facts: NewsFacts) -> tuple[str, ...]:
    return tuple(_lines(facts))


def _deadline(facts: NewsFacts) -> datetime:
    return datetime.fromisoformat(facts["deadline"])


def _lines(facts: NewsFacts) -> Iterator[str]:
    """Each assignment with what is to be had in time and a day later, and what lateness costs."""
    late, until = terms.in_force(str(facts["run"])).late, datetime.fromisoformat(facts["deadline"])
    kept = 1 - policy.late_penalty(until + timedelta(seconds=1), until, late)
    lines = []
    for slug, so_far in zip(slugs(facts), facts["so_far"], strict=True):
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


KIND = kind("reminder", gettext_lazy("a deadline of mine is near"), order=30)
DUE = news("reminder", KIND, _due, details=_details, true_until=_deadline)
