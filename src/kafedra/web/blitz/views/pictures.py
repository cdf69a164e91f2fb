"""Pictures in questions: for a phone by the code of its blitz, for practice by the topic."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kafedra.web.blitz.access import access_by_code, access_topic
from kafedra.web.blitz.shown import picture_file
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.runs import course


@require_safe
def of_blitz(_request: HttpRequest, code: str, name: str, theme: str) -> HttpResponse:
    """A picture in a question of a blitz."""
    return _picture(access_by_code(code).topic, name, theme)


@signed_in
@require_safe
def of_topic(request: SignedInRequest, run: str, number: int, name: str, theme: str) -> HttpResponse:
    """A picture in a question of a topic."""
    access_topic(request.user, run, number)
    return _picture(number, name, theme)


def _picture(number: int, name: str, theme: str) -> HttpResponse:
    topic = course.current().materials.get(number)
    found = picture_file(topic, name, dark=theme == "dark") if topic else None
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=3600"})
