"""What students are told of new versions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra.web.notices.kinds import NewsFacts, kind, news
from kafedra.web.notices.wording import with_work


def _published(facts: NewsFacts) -> str:
    said = _(
        "“%(work)s”: the course has updated the assignment. Take it into your clone: git pull --no-rebase --no-edit"
    )
    return said % with_work(facts)


KIND = kind("edition", gettext_lazy("a new version of an assignment that I have"), order=55)
PUBLISHED = news("edition", KIND, _published)
