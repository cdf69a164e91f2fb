"""What is recorded about marks entered by hand."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

ENTERED = verb("mark.entered", _("mark entered"), shown=True, moves_points=True)
CHANGED = verb("mark.changed", _("mark changed"), shown=True, moves_points=True)
REMOVED = verb("mark.removed", _("mark removed"), shown=True, moves_points=True)

fields(
    mark=_("mark"),
)
