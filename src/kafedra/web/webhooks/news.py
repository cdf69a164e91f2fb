"""What people are told of their webhooks."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra.web.notices.kinds import NewsFacts, kind, news


def _off(facts: NewsFacts) -> str:
    return _("The webhook to %(address)s is switched off: it kept failing.") % {"address": facts["address"]}


KIND = kind("webhook", gettext_lazy("a webhook of mine was switched off"), order=90)
SWITCHED_OFF = news("webhook.off", KIND, _off)
