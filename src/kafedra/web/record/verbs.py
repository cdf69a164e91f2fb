"""What can happen: one member for each kind of write, with the words that pages use."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Verb(models.TextChoices):
    """What was done. A value is stored for ever: rename the words, never the value."""

    ACCOUNT_CREATED = "account.created", _("account created")
    EMAIL_CHANGED = "account.email", _("e-mail address changed")
    LANGUAGE_CHANGED = "account.language", _("language changed")
    PASSWORD_CHANGED = "account.password", _("password changed")
    SESSIONS_ENDED = "account.sessions", _("signed out on all devices")
    SIGN_IN_LINK_SENT = "account.link", _("sign-in link sent")
    CONNECTED = "account.connected", _("a way to sign in connected")
    DISCONNECTED = "account.disconnected", _("a way to sign in disconnected")
    NOTICES_CHANGED = "account.notices", _("notifications switched")
    TOKEN_ISSUED = "token.issued", _("token created")  # a verb, not a secret
    TOKEN_REVOKED = "token.revoked", _("token revoked")  # likewise

    JOINED = "member.joined", _("joined the run")
    ROLE_CHANGED = "member.role", _("role changed")
    GROUP_CHANGED = "member.group", _("group changed")
    MEMBER_REMOVED = "member.removed", _("removed from the run")
    INVITED = "invitation.created", _("invitation link created")
    INVITATION_REVOKED = "invitation.revoked", _("invitation link revoked")
    INVITED_AGAIN = "invitation.again", _("invitation sent again")
    REQUESTED = "request.made", _("invitation requested")
    REQUEST_CORRECTED = "request.corrected", _("request corrected by a list")
    REQUEST_APPROVED = "request.approved", _("request approved")
    REQUEST_DECLINED = "request.declined", _("request declined")
    DOMAIN_ADDED = "domain.added", _("domain rule added")
    DOMAIN_REMOVED = "domain.removed", _("domain rule removed")
    LETTER_AGAIN = "letter.again", _("failed letter sent again")

    RUN_CREATED = "run.created", _("run created")
    TERMS_ACCEPTED = "run.terms", _("new terms applied")
    ACCEPTED = "assignment.accepted", _("assignment accepted")
    SOLUTION_OPENED = "assignment.solution", _("solution opened")
    PUSHED = "submission.pushed", _("pushed")
    GRADING_STARTED = "submission.started", _("grading started")
    WAITS_AGAIN = "submission.again", _("put back into the queue")
    GRADE_AGAIN = "submission.grade-again", _("put up for grading again")
    TAKEN_UP = "submission.taken-up", _("unfinished submissions taken up")
    GRADED = "submission.graded", _("graded")
    FAULT = "submission.fault", _("could not be graded")

    REGRADE_BEGUN = "regrade.begun", _("regrade begun")
    REGRADE_APPLIED = "regrade.applied", _("regrade applied")
    REGRADE_UNDONE = "regrade.undone", _("regrade undone")
    REGRADE_DISCARDED = "regrade.discarded", _("regrade discarded")
    REGRADED = "submission.regraded", _("graded by the changed tests")
    REGRADE_TAKEN_BACK = "submission.regrade-undone", _("verdict of the changed tests taken back")

    EXTENSION_GIVEN = "extension.given", _("deadline extended")
    EXTENSION_UNDONE = "extension.undone", _("extension undone")
    OVERRIDE_SET = "override.set", _("points set by hand")
    OVERRIDE_UNDONE = "override.undone", _("points set by hand undone")
    REGRADE_ASKED = "regrade.asked", _("asked to look at a test again")
    REGRADE_ANSWERED = "regrade.answered", _("answered about a test")

    WORK_ASSIGNED = "review.assigned", _("work given to a reviewer")
    WORK_RELEASED = "review.released", _("work let go by its reviewer")
    COMMENT_DRAFTED = "review.drafted", _("comment drafted")
    COMMENT_REDRAFTED = "review.redrafted", _("drafted comment changed")
    COMMENT_REMOVED = "review.removed", _("drafted comment removed")
    COMMENT_RESTORED = "review.restored", _("drafted comment put back")
    REVIEW_PUBLISHED = "review.published", _("review published")
    MESSAGE_SENT = "review.message", _("message about a review")
    BANK_ADDED = "bank.added", _("comment added to the bank")
    BANK_CHANGED = "bank.changed", _("comment of the bank changed")
    BANK_HIDDEN = "bank.hidden", _("comment of the bank no longer offered")


# Names of the fields in `before` and `after`, as pages call them.
FIELDS = {
    "deadline": _("deadline"),
    "days": _("days"),
    "points": _("points"),
    "role": _("role"),
    "group": _("group"),
    "state": _("state"),
    "commit": _("commit"),
    "language": _("language"),
    "email": _("e-mail"),
    "label": _("name"),
    "note": _("note"),
    "login": _("login"),
    "name": _("name"),
    "expires_at": _("valid until"),
    "max_uses": _("how many people"),
    "domain": _("domain"),
    "github": "GitHub",
    "provider": pgettext_lazy("sign-in", "by way of"),
    "assignment": _("assignment"),
    "submissions": _("submissions"),
    "protected_changes": _("changed files of the course"),
    "percent_per_day": _("per cent a day"),
    "max_percent": _("per cent at most"),
    "homework_weight": _("weight of the homework"),
    "exam_weight": _("weight of the exam"),
    "automat_threshold": _("where the automat begins"),
    "automat_scale_to": _("grade for all counted points"),
    "cap": _("highest grade"),
    "test": _("test"),
    "taken_off": _("points off"),
    "comments": _("comments"),
    "cell": _("cell"),
    "version": _("version"),
    "reviewer": _("reviewer"),
    "text": _("text"),
    "answer": _("answer"),
    "page": _("on the page"),
    "mail": _("by e-mail"),
    "kind": _("kind"),
    "terms": _("terms"),
    "tests_digest": _("version of the tests"),
    "gain": _("gain"),
    "lose": _("lose"),
    "same": _("as before"),
    "seed_only": _("differ by the seed only"),
    "not_graded": _("not graded"),
    "superseded": _("graded again meanwhile"),
}

# What a person reads of the record about themselves. A list of what may be shown: a new verb is for staff only.
SHOWN_TO_WHOM_IT_CONCERNS = frozenset(
    {
        Verb.ACCOUNT_CREATED,
        Verb.EMAIL_CHANGED,
        Verb.PASSWORD_CHANGED,
        Verb.SESSIONS_ENDED,
        Verb.SIGN_IN_LINK_SENT,
        Verb.CONNECTED,
        Verb.DISCONNECTED,
        Verb.TOKEN_ISSUED,
        Verb.TOKEN_REVOKED,
        Verb.JOINED,
        Verb.ROLE_CHANGED,
        Verb.GROUP_CHANGED,
        Verb.MEMBER_REMOVED,
        Verb.ACCEPTED,
        Verb.SOLUTION_OPENED,
        Verb.PUSHED,
        Verb.GRADED,
        Verb.REGRADED,
        Verb.REGRADE_TAKEN_BACK,
        Verb.FAULT,
        Verb.EXTENSION_GIVEN,
        Verb.EXTENSION_UNDONE,
        Verb.OVERRIDE_SET,
        Verb.OVERRIDE_UNDONE,
        Verb.REGRADE_ASKED,
        Verb.REGRADE_ANSWERED,
        Verb.REVIEW_PUBLISHED,
    }
)

# Of these what moves points.
ABOUT_POINTS = frozenset(
    {
        Verb.SOLUTION_OPENED,
        Verb.GRADED,
        Verb.REGRADED,
        Verb.REGRADE_TAKEN_BACK,
        Verb.EXTENSION_GIVEN,
        Verb.EXTENSION_UNDONE,
        Verb.OVERRIDE_SET,
        Verb.OVERRIDE_UNDONE,
        Verb.REVIEW_PUBLISHED,
    }
)
