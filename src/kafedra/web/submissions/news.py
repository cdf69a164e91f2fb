"""What people are told of their submissions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra.web.notices.kinds import NewsFacts, kind, news
from kafedra.web.notices.wording import with_work


def _graded(facts: NewsFacts) -> str:
    return _("“%(work)s”: the verdict on your submission is there.") % with_work(facts)


# Whoever pushes sees the verdict in the terminal: told once more are only those who ask for it.
KIND = kind("verdict", gettext_lazy("the verdict on a submission"), order=10, wanted=False)
VERDICT = news("verdict", KIND, _graded)
