"""What is recorded about reviews."""

from django.utils.translation import gettext_lazy as _

from kafedra.web.record.verbs import fields, verb

WORK_ASSIGNED = verb("review.assigned", _("work given to a reviewer"))
WORK_RELEASED = verb("review.released", _("work let go by its reviewer"))
COMMENT_DRAFTED = verb("review.drafted", _("comment drafted"))
COMMENT_REDRAFTED = verb("review.redrafted", _("drafted comment changed"))
COMMENT_REMOVED = verb("review.removed", _("drafted comment removed"))
COMMENT_RESTORED = verb("review.restored", _("drafted comment put back"))
REVIEW_PUBLISHED = verb("review.published", _("review published"), shown=True, moves_points=True)
MESSAGE_SENT = verb("review.message", _("message about a review"))
BANK_ADDED = verb("bank.added", _("comment added to the bank"))
BANK_CHANGED = verb("bank.changed", _("comment of the bank changed"))
BANK_HIDDEN = verb("bank.hidden", _("comment of the bank no longer offered"))

fields(
    taken_off=_("points off"),
    comments=_("comments"),
    cell=_("cell"),
    version=_("version"),
    reviewer=_("reviewer"),
)
