"""What is recorded about accounts, and about who belongs to a run."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kafedra.web.record.verbs import fields, verb

ACCOUNT_CREATED = verb("account.created", _("account created"), shown=True)
EMAIL_CHANGED = verb("account.email", _("e-mail address changed"), shown=True)
LANGUAGE_CHANGED = verb("account.language", _("language changed"))
PASSWORD_CHANGED = verb("account.password", _("password changed"), shown=True)
SESSIONS_ENDED = verb("account.sessions", _("signed out on all devices"), shown=True)
SIGN_IN_LINK_SENT = verb("account.link", _("sign-in link sent"), shown=True)
CONNECTED = verb("account.connected", _("a way to sign in connected"), shown=True)
DISCONNECTED = verb("account.disconnected", _("a way to sign in disconnected"), shown=True)
TOKEN_ISSUED = verb("token.issued", _("token created"), shown=True)  # a verb, not a secret
TOKEN_REVOKED = verb("token.revoked", _("token revoked"), shown=True)  # likewise
JOINED = verb("member.joined", _("joined the run"), shown=True)
ROLE_CHANGED = verb("member.role", _("role changed"), shown=True)
GROUP_CHANGED = verb("member.group", _("group changed"), shown=True)
MEMBER_REMOVED = verb("member.removed", _("removed from the run"), shown=True)
INVITED = verb("invitation.created", _("invitation link created"))
INVITATION_REVOKED = verb("invitation.revoked", _("invitation link revoked"))
INVITED_AGAIN = verb("invitation.again", _("invitation sent again"))
REQUESTED = verb("request.made", _("invitation requested"))
REQUEST_CORRECTED = verb("request.corrected", _("request corrected by a list"))
REQUEST_APPROVED = verb("request.approved", _("request approved"))
REQUEST_DECLINED = verb("request.declined", _("request declined"))
DOMAIN_ADDED = verb("domain.added", _("domain rule added"))
DOMAIN_REMOVED = verb("domain.removed", _("domain rule removed"))

fields(
    expires_at=_("valid until"),
    max_uses=_("how many people"),
    domain=_("domain"),
    github="GitHub",
    provider=pgettext_lazy("sign-in", "by way of"),
)
