"""What people are told of extensions and of points set by hand."""

from decimal import Decimal

from django.utils.translation import gettext as _

from kafedra.web.frame.templatetags.kafedra import points
from kafedra.web.notices.kinds import NewsFacts, news
from kafedra.web.notices.wording import with_work, with_works
from kafedra.web.standings.news import DEADLINE, POINTS


def _extended(facts: NewsFacts) -> str:
    return _("%(works)s: your deadline is extended until %(until)s.") % with_works(facts)


def _extension_undone(facts: NewsFacts) -> str:
    return _("%(works)s: the extension was undone, your deadline is %(until)s.") % with_works(facts)


def _set_by_hand(facts: NewsFacts) -> str:
    told = {**with_work(facts), "points": points(Decimal(facts["points"]))}
    if facts.get("commit"):
        return _("“%(work)s”: submission %(commit)s was given %(points)s by hand instead of the tests.") % told
    return _("“%(work)s”: your points were set by hand: %(points)s.") % told


def _points_undone(facts: NewsFacts) -> str:
    return _("“%(work)s”: the points set by hand were undone; the tests decide again.") % with_work(facts)


EXTENDED = news("deadline", DEADLINE, _extended)
EXTENSION_UNDONE = news("deadline.undone", DEADLINE, _extension_undone)
SET_BY_HAND = news("points", POINTS, _set_by_hand)
POINTS_UNDONE = news("points.undone", POINTS, _points_undone)
