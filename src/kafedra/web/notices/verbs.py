"""What is recorded about news."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

NOTICES_CHANGED = verb("account.notices", _("notifications switched"))

fields(
    page=_("on the page"),
    mail=_("by e-mail"),
)
