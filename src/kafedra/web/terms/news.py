"""What people are told of changed terms."""

from decimal import Decimal

from django.utils.translation import gettext as _

from kafedra.web.frame.templatetags.kafedra import points
from kafedra.web.notices.kinds import NewsFacts, news
from kafedra.web.notices.wording import with_works
from kafedra.web.standings.news import DEADLINE, POINTS


def _deadline_moved(facts: NewsFacts) -> str:
    return _("%(works)s: the deadline has moved to %(until)s.") % with_works(facts)


def _points_moved(facts: NewsFacts) -> str:
    told = {name: points(Decimal(facts[name])) for name in ("before", "after")}
    return _("The terms have changed: your points for homework were %(before)s, now %(after)s.") % told


DEADLINE_MOVED = news("deadline.moved", DEADLINE, _deadline_moved)
POINTS_MOVED = news("points.terms", POINTS, _points_moved)
