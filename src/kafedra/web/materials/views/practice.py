"""A topic's blitz for visitors without an account, at their own pace.

Nothing is stored: the address says how far one is and how many answers were right.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kafedra.course.topics import Question, answered
from kafedra.web.blitz.asked import choices, given_by
from kafedra.web.blitz.forms import given_in
from kafedra.web.blitz.shown import picture_file
from kafedra.web.materials.access import access_written, for_readers
from kafedra.web.materials.addresses import topic_page
from kafedra.web.materials.views.topics import topic_context


@for_readers
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, run: str, topic: str) -> HttpResponse:
    """One question; its answer with why it is right; behind the last one the sum. Members practise where it counts."""
    found, written = access_written(request, run, topic)
    if found.reader.access is not None:
        return redirect(topic_page(run, written.number) + "#blitz")
    if topic != found.topic.slug:
        return redirect("materials:practice", run, found.topic.slug)
    if not written.blitz:
        raise Http404
    place, right = _number(request, "question", 1), _number(request, "right", 0)
    base = reverse("materials:practice", args=[run, topic])
    context = topic_context(request, found) | {"base": base, "count": len(written.blitz), "right": right}
    if place > len(written.blitz):
        return render(request, "materials/practice.html", context | {"finished": True})
    question = written.blitz[max(place, 1) - 1]
    given = given_in(question, request.POST) if request.method == "POST" else None
    refused = _("Nothing was chosen yet.") if request.method == "POST" and given is None else ""
    context |= {"number": max(place, 1), "refused": refused} | _asked(question, given)
    if given is not None:
        judged = answered(question, given_by(question, given))
        following = urlencode({"question": max(place, 1) + 1, "right": right + judged.correct})
        context |= {"judged": judged, "next": f"{base}?{following}"}
    return render(request, "materials/practice.html", context, status=422 if refused else 200)


@for_readers
@require_safe
def picture(request: HttpRequest, run: str, topic: str, name: str, theme: str) -> HttpResponse:
    """A picture in a question of the topic."""
    _found, written = access_written(request, run, topic)
    found = picture_file(written, name, dark=theme == "dark")
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=3600"})


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    sent = request.GET.get(name, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 4 else otherwise


def _asked(question: Question, given: list[str] | None) -> dict[str, Any]:
    """What the parts of a blitz's pages show of a question, and of an answer to it."""
    keys = given or []
    return {
        "question": question, "choices": choices(question, "visitors"),
        "mine": keys, "last": keys, "typed": keys[0] if keys else "",
    }  # fmt: skip
