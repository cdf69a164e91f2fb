"""What every answer passes through: security headers, language, time zone, privacy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

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
