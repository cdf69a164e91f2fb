"""What students are told of their marks."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra.web.frame.templatetags.kafedra import points
from kafedra.web.marks.titles import title_in
from kafedra.web.notices.kinds import NewsFacts, kind, news

KIND = kind("mark", gettext_lazy("a mark of mine was entered or changed"), order=55)


def _entered(facts: NewsFacts) -> str:
    return _("%(title)s: your mark is %(mark)s.") % _told(facts)


def _changed(facts: NewsFacts) -> str:
    return _("%(title)s: your mark was %(before)s, now %(mark)s.") % _told(facts)


def _removed(facts: NewsFacts) -> str:
    return _("%(title)s: your mark, %(before)s, was removed.") % _told(facts)


def _told(facts: NewsFacts) -> dict[str, str]:
    numbers = {name: points(Decimal(facts[name])) for name in ("before", "mark") if facts.get(name)}
    return {"title": title_in(str(facts.get("run", "")), str(facts["name"])), **numbers}


ENTERED = news("mark.entered", KIND, _entered)
CHANGED = news("mark.changed", KIND, _changed)
REMOVED = news("mark.removed", KIND, _removed)
