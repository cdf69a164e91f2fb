"""What is recorded about final grades."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

FROZEN = verb("grade.frozen", _("final grade frozen"), shown=True)
CHANGED = verb("grade.changed", _("final grade changed"), shown=True, moves_points=True)
KEPT = verb("grade.kept", _("final grade kept, though facts have changed"), shown=True)

fields(
    final_grade=_("grade in the record book"),
    final_total=_("exact grade"),
)
