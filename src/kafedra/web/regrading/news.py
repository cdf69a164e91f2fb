"""What people are told when tests were corrected."""

from django.utils.translation import gettext as _

from kafedra.web.notices.kinds import NewsFacts, news
from kafedra.web.notices.wording import with_work
from kafedra.web.standings.news import POINTS


def _regraded(facts: NewsFacts) -> str:
    return _("“%(work)s”: the tests were corrected and your submission was graded by them again.") % with_work(facts)


def _taken_back(facts: NewsFacts) -> str:
    text = _("“%(work)s”: the correction of the tests was taken back; your earlier verdict counts again.")
    return text % with_work(facts)


REGRADED = news("points.regraded", POINTS, _regraded)
TAKEN_BACK = news("points.regrade-undone", POINTS, _taken_back)
