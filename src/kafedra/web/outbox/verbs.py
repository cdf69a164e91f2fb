"""What is recorded about letters."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import verb

LETTER_AGAIN = verb("letter.again", _("failed letter sent again"))
