"""What is recorded about tokens of the API."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

ISSUED = verb("api.issued", _("token for the API created"), shown=True)  # a verb, not a secret
REVOKED = verb("api.revoked", _("token for the API revoked"), shown=True)  # likewise

fields(scopes=_("scopes"), works_until=_("works until"))
