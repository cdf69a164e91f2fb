"""The address that waits to be confirmed, kept in the session of whoever asked: elsewhere nobody wonders about it."""

from __future__ import annotations

from django.http import HttpRequest

from kafedra.web import clock
from kafedra.web.people.links.services import CONFIRMATION_LIVES, ask_to_confirm
from kafedra.web.people.models import User

_KEY = "pending-email"


def ask(request: HttpRequest, user: User, email: str) -> None:
    """Mail the link that confirms `email` for `user`, and remember that it is waited for."""
    ask_to_confirm(user=user, email=email)
    request.session[_KEY] = {"email": email, "at": clock.now().timestamp()}


def pending(request: HttpRequest) -> str:
    """The address whose link can still be opened and has not been, or nothing."""
    told = request.session.get(_KEY)
    if not isinstance(told, dict) or not isinstance(request.user, User) or told["email"] == request.user.email:
        return ""
    return str(told["email"]) if clock.now().timestamp() - told["at"] < CONFIRMATION_LIVES.total_seconds() else ""


def forget(request: HttpRequest) -> None:
    """Nothing is waited for any more."""
    request.session.pop(_KEY, None)
