"""What students are told of their final grades."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra.web.notices.kinds import NewsFacts, kind, news

KIND = kind("grade", gettext_lazy("my grade in the record book"), order=58)


def _frozen(facts: NewsFacts) -> str:
    if not facts.get("grade"):
        return _("The record sheet is closed, and there is no grade of yours in it.")
    return _("The record sheet is closed: your grade is %(grade)s.") % facts


def _changed(facts: NewsFacts) -> str:
    told = {"before": facts.get("before") or "—", "grade": facts.get("grade") or "—", "why": facts.get("why", "")}
    return _("Your grade in the record book was %(before)s, now %(grade)s: %(why)s") % told


FROZEN = news("grade.frozen", KIND, _frozen)
CHANGED = news("grade.changed", KIND, _changed)
