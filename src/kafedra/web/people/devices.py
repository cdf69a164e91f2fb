"""Browsers in which somebody has signed in before: guesses that are made elsewhere don't lock them out.

The idea is OWASP's «device cookies»: who has got in once is counted alone, strangers are counted together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

COOKIE: Final = "kafedra_known"
_SALT: Final = "kafedra.people.devices"
_AGE_SECONDS: Final = 365 * 24 * 3600
_SIGNED_IN: Final = "_just_signed_in"


def mark_of(request: HttpRequest, username: str) -> str:
    """What tells this browser from others in which `username` has signed in; empty if nobody has with that login."""
    told = request.get_signed_cookie(COOKIE, "", salt=_SALT, max_age=_AGE_SECONDS)
    login, _, mark = (told or "").partition(" ")
    return mark if login == username else ""


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Mark the browser of whoever has just signed in, in whatever way. It says who was the last, and lets nobody in."""

    def marked(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if login := getattr(request, _SIGNED_IN, ""):
            told = f"{login} {get_random_string(32)}"
            secure = settings.SESSION_COOKIE_SECURE
            response.set_signed_cookie(
                COOKIE, told, salt=_SALT, max_age=_AGE_SECONDS, secure=secure, httponly=True, samesite="Lax"
            )
        return response

    return marked


def watch_for_sign_ins() -> None:
    """Have every sign-in noticed."""
    user_logged_in.connect(_noticed, dispatch_uid=_SALT)


def _noticed(request: HttpRequest | None, user: Any, **_more: object) -> None:
    if request is not None:
        setattr(request, _SIGNED_IN, user.username)
