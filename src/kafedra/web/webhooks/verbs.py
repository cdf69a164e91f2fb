"""What is recorded about webhooks."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

REGISTERED = verb("webhook.registered", _("webhook registered"), shown=True)
REMOVED = verb("webhook.removed", _("webhook removed"), shown=True)
SECRET_CHANGED = verb("webhook.secret", _("secret of a webhook changed"), shown=True)
SWITCHED_OFF = verb("webhook.off", _("webhook switched off"), shown=True)
SWITCHED_ON = verb("webhook.on", _("webhook switched on again"), shown=True)

fields(address=_("address"), events=_("what it hears of"), everybody=_("of every student"))
