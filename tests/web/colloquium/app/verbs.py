from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

HELD = verb("colloquium.held", _("talk held"), shown=True, moves_points=True)
fields(talk_topic=_("topic of the talk"))
