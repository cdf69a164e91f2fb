"""What is recorded about requests to look at a test again."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import verb

ASKED = verb("regrade.asked", _("asked to look at a test again"), shown=True)
ANSWERED = verb("regrade.answered", _("answered about a test"), shown=True)
