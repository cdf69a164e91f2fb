"""What the record can say of feedback. Of an answer it says nothing: neither that it was given nor by whom."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

OPENED = verb("feedback.opened", _("feedback opened"))
TRIAGED = verb("feedback.triaged", _("answer looked through"))
REMARK_WRITTEN = verb("remark.written", _("“you said, we did” written"))
REMARK_REMOVED = verb("remark.removed", _("“you said, we did” removed"))
MEME_ADDED = verb("meme.added", _("meme added"))
MEME_TAKEN_OUT = verb("meme.taken-out", _("meme taken out"))
fields(forms=_("number of answers"), said=_("you said"), done=_("we did"))
