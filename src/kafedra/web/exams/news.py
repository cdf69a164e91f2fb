"""What people are told of exams."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra.web.notices.kinds import NewsFacts, kind, news


def _published(facts: NewsFacts) -> str:
    return _("The exam is marked: your mark is %(mark)s.") % facts


def _remarked(facts: NewsFacts) -> str:
    return _("Your exam was marked anew: question %(question)s, your mark is %(mark)s.") % facts


def _answered(facts: NewsFacts) -> str:
    return _("The exam, %(part)s: your request to look again was answered.") % facts


KIND = kind("exam", gettext_lazy("my exam was marked"), order=65)
PUBLISHED = news("exam", KIND, _published)
REMARKED = news("exam.remarked", KIND, _remarked)
ANSWERED = news("exam.answered", KIND, _answered)
