"""What people are told of feedback: students once that a form waits, instructors that a box was opened."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kafedra.web.frame.language import spoken
from kafedra.web.notices.kinds import NewsFacts, kind, news
from kafedra.web.notices.wording import until
from kafedra.web.runs import course


def _title(facts: NewsFacts) -> str:
    return course.current().topic(int(facts["topic"])).title.in_(spoken())


def _waits(facts: NewsFacts) -> str:
    told = {"topic": _title(facts), "until": until(facts)}
    return _("How was “%(topic)s”? Three minutes, without your name, until %(until)s; a meme follows.") % told


def _closes(facts: NewsFacts) -> datetime:
    return datetime.fromisoformat(facts["deadline"])


def _only_once(_facts: NewsFacts) -> tuple[str, ...]:
    return (_("This is the only reminder. What you write can't be told from what others write, not even by us."),)


def _opened(facts: NewsFacts) -> str:
    forms = int(facts["forms"])
    return ngettext(
        "%(n)s answer about “%(topic)s” can be read.", "%(n)s answers about “%(topic)s” can be read.", forms
    ) % {"n": forms, "topic": _title(facts)}


KIND = kind("feedback", gettext_lazy("a form about a class waits, or its answers can be read"), order=65)
# Whoever gets it has not answered: a list of these letters would name, by who is missing from it, everybody who has.
WAITS = news("feedback.waits", KIND, _waits, details=_only_once, true_until=_closes, unlisted=True)
OPENED = news("feedback.opened", KIND, _opened)
