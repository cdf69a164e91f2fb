"""A run's feedback: the form with its meme, and what each has of it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from kafedra.web.frame.pictures import POLICY
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import access_run
from kafedra.web.surveys import memes, selectors, services
from kafedra.web.surveys.access import access_meme, access_survey
from kafedra.web.surveys.addresses import form_of
from kafedra.web.surveys.forms import SurveyForm
from kafedra.web.surveys.trends import trends

SMALL_RUN = 10  # with fewer students the style of words alone may tell who wrote them
# The course's drawings carry a style sheet of their own; nothing runs in them.
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@signed_in
@require_safe
def feedback(request: SignedInRequest, run: str) -> HttpResponse:
    """Students: what waits, what was heard, their memes. Staff: every survey, and how it went over the topics."""
    access = access_run(request.user, run)
    if access.is_staff:
        results = selectors.results(access)
        context = {
            "access": access,
            "results": results,
            "trends": trends(results),
            "students": selectors.students_asked(access.run),
        }
        return render(request, "surveys/overview.html", context)
    every = [one for one in selectors.asked(access) if one.has_begun]
    context = {
        "access": access,
        "waiting": [one for one in every if one.waits],
        "heard": [(one, found) for one in every if (found := selectors.remarks_on(access.run, one.topic.number))],
        "shelf": memes.shelf(access.run, access.user),
        "pool": len(memes.pool(access.run)),
        "has_begun": bool(every),
    }
    return render(request, "surveys/mine.html", context)


@sensitive_post_parameters()
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: SignedInRequest, run: str, topic: int) -> HttpResponse:
    """The form; then, at the same address, the meme. Staff see it and can't send it."""
    access, one = access_survey(request.user, run, topic)
    if request.method == "POST" and access.is_staff:
        raise PermissionDenied
    if request.method == "POST" and one.waits:
        filled = SurveyForm(one.survey, request.POST)
        if filled.is_valid():
            services.give(run=access.run, topic=topic, student=access.user, form=filled.answers())
            return redirect(form_of(access.run, topic))
    else:
        filled = SurveyForm(one.survey)
    context = {
        "access": access,
        "asked": one,
        "form": filled,
        "drafts": _name(f"{access.user.pk}"),
        "draft": _name(f"{access.user.pk}/{run}/{topic}"),
        "meme": memes.pool(access.run).get(one.meme) if one.answered else None,
        "few_students": selectors.students_asked(access.run) < SMALL_RUN,
    }
    late = request.method == "POST" and not one.waits and not one.answered
    status = 409 if late else 422 if filled.errors else 200
    return render(request, "surveys/form.html", {**context, "late": late}, status=status)


def _name(of: str) -> str:
    """What a browser calls drafts by: it says nothing to whoever reads it there."""
    return salted_hmac("kafedra.surveys.draft", of).hexdigest()[:20]


@signed_in
@require_safe
def meme(request: SignedInRequest, run: str, key: str) -> HttpResponse:
    """The picture itself."""
    _access, found = access_meme(request.user, run, key)
    if found.row is not None:
        answer = HttpResponse(bytes(found.row.data), content_type=found.row.mime)
        answer["Content-Security-Policy"] = POLICY
    else:
        answer = HttpResponse(found.drawn_in(request.GET.get("in")), content_type="image/svg+xml")
        answer["Content-Security-Policy"] = DRAWING_POLICY
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
