"""What people are told of reviews."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra.web.notices.kinds import NewsFacts, kind, news
from kafedra.web.notices.wording import with_work


def _published(facts: NewsFacts) -> str:
    return _("“%(work)s”: a review of your work is published.") % with_work(facts)


def _answered(facts: NewsFacts) -> str:
    return _("“%(work)s”: the reviewer has answered you.") % with_work(facts)


KIND = kind("review", gettext_lazy("a review of my work"), order=20)
PUBLISHED = news("review", KIND, _published)
ANSWERED = news("review.answer", KIND, _answered)
