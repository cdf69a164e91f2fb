"""Switches that several apps obey: whatever moves a deadline, whatever moves points."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.notices.kinds import kind

DEADLINE = kind("deadline", _("a deadline of mine was moved"), order=40)
POINTS = kind("points", _("my points were set by hand"), order=50)
