"""What is recorded about blitzes. Answers are rows with a moment of their own, and move no points."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

STARTED = verb("blitz.started", _("blitz started"))
OVER = verb("blitz.over", _("blitz ended"))
HIDDEN = verb("blitz.hidden", _("name in a blitz hidden"))
SHOWN = verb("blitz.shown", _("name in a blitz shown again"))
fields(blitz_topic=_("topic"), participants=_("participants"))
