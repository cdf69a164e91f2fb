from django.utils.translation import gettext_lazy as _

from kafedra.web.notices.kinds import NewsFacts, kind, news

KIND = kind("colloquium", _("a talk of mine was marked"), order=70)


def _marked(facts: NewsFacts) -> str:
    return f"Your talk: {facts['mark']}."


MARKED = news("colloquium", KIND, _marked)
