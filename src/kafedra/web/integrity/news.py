"""What students are told of cases about their work. It can't be switched off: they have a time to answer in."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra.web.frame.words import RULINGS
from kafedra.web.notices.kinds import NewsFacts, kind, news
from kafedra.web.notices.wording import until, with_work


def _asked(facts: NewsFacts) -> str:
    told = {**with_work(facts), "until": until(facts)}
    return _("“%(work)s”: there is a question about how your work came about. Answer until %(until)s.") % told


def _decided(facts: NewsFacts) -> str:
    told = {**with_work(facts), "ruling": RULINGS[facts["ruling"]]}
    return _("“%(work)s”: the case about your work is decided: %(ruling)s.") % told


def _reversed(facts: NewsFacts) -> str:
    return _("“%(work)s”: the decision about your work is taken back; it counts no more.") % with_work(facts)


KIND = kind("integrity", gettext_lazy("an integrity case about my work"), order=62, binding=True)
ASKED = news("case.asked", KIND, _asked)
DECIDED = news("case.decided", KIND, _decided)
REVERSED = news("case.reversed", KIND, _reversed)
