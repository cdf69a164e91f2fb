"""What people are told of questions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra.web.notices.kinds import NewsFacts, kind, news


def _answered(facts: NewsFacts) -> str:
    return _("There is an answer to the question “%(title)s”.") % {"title": facts.get("title", "")}


def _confirmed(facts: NewsFacts) -> str:
    return _("An answer to the question “%(title)s” is confirmed by a teacher.") % {"title": facts.get("title", "")}


def _mine_confirmed(facts: NewsFacts) -> str:
    return _("Your answer to “%(title)s” is confirmed by a teacher.") % {"title": facts.get("title", "")}


def _joined(facts: NewsFacts) -> str:
    return _("Your question was joined to “%(title)s”: look for the answer there.") % {"title": facts.get("title", "")}


def _hidden(facts: NewsFacts) -> str:
    return _("A teacher has hidden what you wrote from the others: “%(title)s”.") % {"title": facts.get("title", "")}


def _asked(facts: NewsFacts) -> str:
    return _("A new question: “%(title)s”.") % {"title": facts.get("title", "")}


def _more(facts: NewsFacts) -> str:
    return _("Said once more under the question “%(title)s”.") % {"title": facts.get("title", "")}


KIND = kind("question", gettext_lazy("an answer to a question of mine"), order=64)
FOR_STAFF = kind("question-new", gettext_lazy("a new question (for teachers)"), order=66, mailed=False)
ANSWERED = news("question.answered", KIND, _answered)
CONFIRMED = news("question.confirmed", KIND, _confirmed)
MINE_CONFIRMED = news("question.mine-confirmed", KIND, _mine_confirmed)
JOINED = news("question.joined", KIND, _joined)
HIDDEN = news("question.hidden", KIND, _hidden)
ASKED = news("question.asked", FOR_STAFF, _asked)
MORE = news("question.more", FOR_STAFF, _more)
