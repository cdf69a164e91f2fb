"""What every answer passes through: security headers, language, time zone, privacy."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict

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


def no_nulls(handler: Handler) -> Handler:
    """U+0000 is in nothing that people write, and PostgreSQL fails where it is asked for it: no page has it in its
    address, and what stands behind the question mark is read without it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:
            raise Http404
        if "%00" in (asked := request.META.get("QUERY_STRING", "")):
            request.META["QUERY_STRING"] = asked.replace("%00", "")
            request.GET = QueryDict(request.META["QUERY_STRING"])
        return handler(request)

    return middleware
