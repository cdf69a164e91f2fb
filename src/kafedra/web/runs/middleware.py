"""The language and the time zone of every answer: the visitor's, else the course's."""

from collections.abc import Container

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from kafedra.web.frame.middleware import Handler
from kafedra.web.runs import course


def language_and_timezone(handler: Handler) -> Handler:
    """Activate the visitor's language and the course's time zone for the time of the request."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        language = chosen_language(request)
        with translation.override(language), timezone.override(course.current().timezone):
            request.LANGUAGE_CODE = language  # as Django's LocaleMiddleware does
            response = handler(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return middleware


def chosen_language(request: HttpRequest) -> str:
    """The person's setting, else the cookie, else what the browser asks for, else the course's own."""
    known = dict(settings.LANGUAGES)
    mine = getattr(request.user, "language", "")
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    for language in (mine, cookie, _accepted(request, known), course.current().language):
        if language in known:
            return str(language)
    return str(settings.LANGUAGE_CODE)


def _accepted(request: HttpRequest, known: Container[str]) -> str:
    """The most wanted of the known languages in Accept-Language, or an empty string."""
    wanted: list[tuple[float, str]] = []
    for part in request.headers.get("Accept-Language", "")[:200].split(","):
        tag, _, quality = part.partition(";q=")
        try:
            wanted.append((-float(quality or 1), tag.strip().lower().split("-")[0]))
        except ValueError:
            continue
    return next((tag for _, tag in sorted(wanted, key=lambda pair: pair[0]) if tag in known), "")
