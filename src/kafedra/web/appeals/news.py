"""What people are told of their requests."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra.web.notices.kinds import NewsFacts, kind, news
from kafedra.web.notices.wording import with_work


def _answered(facts: NewsFacts) -> str:
    return _("“%(work)s”: your request to look at a test again was answered.") % with_work(facts)


KIND = kind("regrade", gettext_lazy("an answer to my request to look at a test again"), order=60)
ANSWERED = news("regrade", KIND, _answered)
