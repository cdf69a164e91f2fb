"""What is recorded about extensions and points set by hand."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

EXTENSION_GIVEN = verb("extension.given", _("deadline extended"), shown=True, moves_points=True)
EXTENSION_UNDONE = verb("extension.undone", _("extension undone"), shown=True, moves_points=True)
OVERRIDE_SET = verb("override.set", _("points set by hand"), shown=True, moves_points=True)
OVERRIDE_UNDONE = verb("override.undone", _("points set by hand undone"), shown=True, moves_points=True)

fields(
    days=_("days"),
)
