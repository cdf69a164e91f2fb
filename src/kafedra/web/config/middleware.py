"""What every answer passes through: security headers, language, time zone, privacy."""

from collections.abc import Callable, Container

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from kafedra.web.classroom import course

Handler = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def content_security_policy(handler: Handler) -> Handler:
    """Nothing inline, nothing from elsewhere, no framing; and no device features."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = handler(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        return response

    return middleware


def private_pages(handler: Handler) -> Handler:
    """Pages are kept by no cache, so that signing out on a shared computer means something.

    Those of strangers, too: an address may hold a secret. What may be kept says so itself.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = handler(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


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
