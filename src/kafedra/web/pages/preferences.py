"""How a visitor wants the pages: the language and the theme, from the foot of every page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from kafedra.web.frame.addresses import safe_address
from kafedra.web.frame.theme import THEME_COOKIE, THEMES
from kafedra.web.people import services
from kafedra.web.people.models import User


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language: in a cookie, and in the account of those who signed in."""
    response = _back(request)
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, wanted)
        if isinstance(request.user, User):
            services.change_language(user=request.user, language=wanted)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme in a cookie."""
    response = _back(request)
    wanted = request.POST.get("theme", "")
    if wanted in THEMES:
        _remember(response, THEME_COOKIE, wanted)
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(safe_address(request, request.POST.get("next", "")) or "/")
