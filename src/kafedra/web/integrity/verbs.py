"""What is recorded about integrity cases."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

OPENED = verb("case.opened", _("integrity case opened"))
MARKED = verb("case.marked", _("lines marked in an integrity case"))
UNMARKED = verb("case.unmarked", _("lines no longer marked in an integrity case"))
TOLD = verb("case.told", _("asked to answer in an integrity case"), shown=True)
ANSWERED = verb("case.answered", _("answer in an integrity case"), shown=True)
DECIDED = verb("case.decided", _("integrity case decided"), shown=True, moves_points=True)
DROPPED = verb("case.dropped", _("integrity case dropped before anybody was asked"))
REVERSED = verb("case.reversed", _("decision in an integrity case reversed"), shown=True, moves_points=True)

fields(
    ground=_("about what"),
    ruling=_("decision"),
    lines=_("lines"),
    answer_by=_("answer until"),
)
