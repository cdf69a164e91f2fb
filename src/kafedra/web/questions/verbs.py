"""What is recorded about questions."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

ASKED = verb("question.asked", _("question asked"), shown=True)
EDITED = verb("question.edited", _("question changed"), shown=True)
DELETED = verb("question.deleted", _("question taken back by its author"), shown=True)
HIDDEN = verb("question.hidden", _("question hidden"), shown=True)
RESTORED = verb("question.restored", _("question shown again"), shown=True)
RESOLVED = verb("question.resolved", _("question resolved"), shown=True)
REOPENED = verb("question.reopened", _("question opened again"), shown=True)
PINNED = verb("question.pinned", _("question pinned"))
UNPINNED = verb("question.unpinned", _("question no longer pinned"))
MERGED = verb("question.merged", _("question joined to another"), shown=True)
PARTED = verb("question.parted", _("question parted from another"), shown=True)
JOINED = verb("question.joined", _("the same question"), shown=True)
LEFT = verb("question.left", _("no longer the same question"), shown=True)
ANSWERED = verb("answer.given", _("answer to a question"), shown=True)
ANSWER_EDITED = verb("answer.edited", _("answer changed"), shown=True)
ANSWER_DELETED = verb("answer.deleted", _("answer taken back by its author"), shown=True)
ANSWER_HIDDEN = verb("answer.hidden", _("answer hidden"), shown=True)
ANSWER_RESTORED = verb("answer.restored", _("answer shown again"), shown=True)
CONFIRMED = verb("answer.confirmed", _("answer confirmed"), shown=True)
UNCONFIRMED = verb("answer.unconfirmed", _("answer no longer confirmed"), shown=True)
HELPED = verb("answer.helped", _("an answer helped"), shown=True)
HELPED_NOT = verb("answer.helped-not", _("an answer did not help after all"), shown=True)

fields(
    title=_("title"),
    audience=_("who reads it"),
    about=_("about what"),
    question=_("question"),
    unnamed=_("without a name"),
    shows_work=_("with one's own work"),
    pictures=_("pictures"),
)
