"""What is recorded about new versions of assignments."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

PUBLISHED = verb("edition.published", _("new version of an assignment published"), shown=True)

fields(files=_("files"), students=_("students"))
