"""People: accounts, their roles in runs, invitations, and tokens for git."""

from kafedra.web.people.models.account import AccessToken, CountedAttempt, SignIn, SignInLink, User, valid_username
from kafedra.web.people.models.membership import (
    Decision,
    DomainRule,
    Invitation,
    InvitationRequest,
    Membership,
    Role,
)

__all__ = [
    "AccessToken",
    "CountedAttempt",
    "Decision",
    "DomainRule",
    "Invitation",
    "InvitationRequest",
    "Membership",
    "Role",
    "SignIn",
    "SignInLink",
    "User",
    "valid_username",
]
