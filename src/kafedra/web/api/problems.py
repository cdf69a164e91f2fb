"""What went wrong, as a document that programs tell apart and people can read (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from kafedra.web.api.scopes import Scope
from kafedra.web.people.runs import NoLongerMember

log = logging.getLogger(__name__)
CONTENT_TYPE = "application/problem+json"
Errors = Sequence[Mapping[str, str]]


class ScopeMissing(Exception):
    """The token's person may, the token may not."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope.value)
        self.scope = scope


class TooMany(Exception):
    """Asked too often; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


class Unusable(Exception):
    """What was sent can't be used, field by field."""

    def __init__(self, errors: Errors) -> None:
        super().__init__(errors)
        self.errors = errors


def problem(kind: str, status: int, title: str, detail: str, **more: Any) -> HttpResponse:
    """The answer. `kind` is the stable name that a program looks at; the words are in the language that was asked for.

    `type` is the address at which the page about the API says what to do about it.
    """
    document = {"type": f"{reverse('api:reference')}#{kind}", "title": title, "status": status, "detail": detail}
    return JsonResponse(document | more, status=status, content_type=CONTENT_TYPE)


def unknown_token(_request: HttpRequest, _error: Exception) -> HttpResponse:
    """401."""
    answer = problem(
        "token", 401, _("No token that works"),
        _("Send a token of yours in the header “Authorization: Bearer …”. Make one on the page of your account; it may "
          "have expired or been revoked."),
    )  # fmt: skip
    answer.headers["WWW-Authenticate"] = 'Bearer realm="kafedra", error="invalid_token"'
    return answer


def scope_missing(_request: HttpRequest, error: ScopeMissing) -> HttpResponse:
    """403: of the token."""
    words = _("This needs the scope “%(scope)s”. Make another token that has it.") % {"scope": error.scope.value}
    answer = problem("scope", 403, _("The token isn't for this"), words, scope=error.scope.value)
    answer.headers["WWW-Authenticate"] = (
        f'Bearer realm="kafedra", error="insufficient_scope", scope="{error.scope.value}"'
    )
    return answer


def forbidden(_request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    """403: of the person."""
    return problem(
        "role", 403, _("This is for teachers"), _("Your role in this run doesn't allow it. Ask an instructor.")
    )


def missing(_request: HttpRequest, error: Exception) -> HttpResponse:
    """404: there is no such thing, or none for this person: the same to both."""
    if isinstance(error, NoLongerMember):
        return problem("left", 404, _("You don't belong to this run any more"), _("A teacher has taken you out of it."))
    return problem(
        "missing", 404, _("There is no such thing"), _("The address may have a typo, or it isn't for your account.")
    )


def unusable(_request: HttpRequest, error: Exception) -> HttpResponse:
    """422: each field that can't be used, with the reason."""
    errors = error.errors if isinstance(error, Unusable) else [_one(one) for one in getattr(error, "errors", [])]
    words = _("Nothing was changed. “errors” says what is wrong with which field.")
    return problem("unusable", 422, _("This can't be used"), words, errors=list(errors))


def _one(error: Mapping[str, Any]) -> dict[str, str]:
    """A complaint of pydantic's; where it stands is said as `query.limit` or `days`."""
    where = [str(part) for part in error["loc"] if part not in ("body", "data")]
    return {"field": ".".join(where) or "body", "message": str(error["msg"]).removeprefix("Value error, ")}


def too_many(_request: HttpRequest, error: TooMany) -> HttpResponse:
    """429."""
    words = _("Wait %(seconds)s s and go on; the header “Retry-After” says the same.") % {"seconds": error.wait}
    answer = problem("rate", 429, _("Too many requests"), words)
    answer.headers["Retry-After"] = str(error.wait)
    return answer


def other(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """400: what was sent is no JSON."""
    return problem("damaged", error.status_code, _("We couldn't read this request"), _("The body has to be JSON."))


def ours(request: HttpRequest, error: Exception) -> HttpResponse:
    """500: the log has the cause."""
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(
        "ours", 500, _("Something broke on our side"), _("It isn't your program's fault. Try again in a minute.")
    )


def method_not_allowed(allowed: str) -> HttpResponse:
    """405."""
    words = _("This address answers to: %(methods)s.") % {"methods": allowed}
    answer = problem("method", 405, _("Not with this method"), words)
    answer.headers["Allow"] = allowed
    return answer


def teach(api: NinjaAPI) -> None:
    """Let `api` answer with these documents."""
    handlers: Sequence[tuple[type[Exception], Any]] = (
        (Exception, ours), (HttpError, other), (AuthenticationError, unknown_token), (ScopeMissing, scope_missing),
        (PermissionDenied, forbidden), (Http404, missing), (ValidationError, unusable), (Unusable, unusable),
        (TooMany, too_many),
    )  # fmt: skip
    for kind, handler in handlers:
        api.add_exception_handler(kind, handler)
