"""Error pages: what happened, whose fault it is, what to do next. In the visitor's language."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from kafedra.web.frame.theme import chosen_theme
from kafedra.web.people.hashing import TooManyAtOnce
from kafedra.web.people.runs import NoLongerMember

Handler = Callable[[HttpRequest], HttpResponseBase]


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # passed by name
    """400: the browser said something that makes no sense."""
    return _page(
        request,
        400,
        _("We couldn't understand this request"),
        _("Something in the address or in the form got damaged on the way. Go back and try once more."),
    )


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # passed by name
    """403: a member of the run, but without the rights for this page."""
    return _page(
        request,
        403,
        _("This page is for teachers"),
        _("Your account has no rights for it. If it should have, ask an instructor of the course."),
    )


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or none for this person: the same to both. Who was taken out of a run is told so."""
    if isinstance(exception, NoLongerMember):
        return _page(
            request,
            404,
            _("You don't belong to this run any more"),
            _(
                "A teacher has taken you out of it; the record of your account says when and why. What you handed in "
                "is kept: as soon as you are back, everything is as it was. If this is a mistake, write to your "
                "teacher."
            ),
        )
    return _page(
        request,
        404,
        _("There is no such page"),
        _("The address may have a typo, or the page is not for your account. Check the link you came by."),
    )


def forms_only(handler: Handler) -> Handler:
    """405 for whoever opens an address that only takes forms: instead of the bare error of a browser."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = handler(request)
        told = getattr(response, "content", b"")  # Django's own has none
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET" or told:
            return response
        page = _page(
            request,
            405,
            _("There is nothing to read here"),
            _("Only a form is sent to this address. Go back to the page with the form, or begin with the course."),
        )
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


def busy(handler: Handler) -> Handler:
    """503 for whoever sets or changes a password while too many others wait for theirs to be looked at."""

    def process(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TooManyAtOnce):
            return None
        page = _page(
            request,
            503,
            _("Too many at once"),
            _("Very many people are signing in at this moment. Please try again in a minute."),
        )
        page.headers["Retry-After"] = "60"
        return page

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return handler(request)

    middleware.process_exception = process  # type: ignore[attr-defined]  # where Django looks for it
    return middleware


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # passed by name
    """403 of the protection against forged forms; people meet it when a page was left open for long."""
    return _page(
        request,
        403,
        _("This form is out of date"),
        _("The page was open for too long, or cookies are switched off. Go back, reload the page and try again."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: ours. Rendered without the database, the session or anything else that may be what broke."""
    context = {
        "status": 500,
        "title": _("Something broke on our side"),
        "advice": _("It isn't your fault, and nothing that you pushed is lost. Try again in a minute."),
        "theme": chosen_theme(request),
    }
    return HttpResponse(render_to_string("errors/error.html", context), status=500)


def _page(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    context = {"status": status, "title": title, "advice": advice}
    return render(request, "errors/error.html", context, status=status)
