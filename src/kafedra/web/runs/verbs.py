"""What is recorded about runs."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

RUN_CREATED = verb("run.created", _("run created"))
TERMS_ACCEPTED = verb("run.terms", _("new terms applied"))

fields(
    terms=_("terms"),
    percent_per_day=_("per cent a day"),
    max_percent=_("per cent at most"),
)
