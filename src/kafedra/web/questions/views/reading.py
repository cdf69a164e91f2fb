"""The list of questions, one question with its answers, and pictures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kafedra.web.frame.pictures import ACCEPTED, POLICY
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess, access_run
from kafedra.web.questions import subjects
from kafedra.web.questions.access import access_picture, access_question, listed, readable
from kafedra.web.questions.models import Question
from kafedra.web.questions.rows import newest, of_value, rows_of
from kafedra.web.questions.shown import Reader, answers_shown, is_asker_too, question_shown
from kafedra.web.questions.similar import matching, similar

ON_ONE_PAGE = 30
TABS = ("all", "waiting", "mine")


@signed_in
@require_safe
def questions(request: SignedInRequest, run: str) -> HttpResponse:
    """Every question that one may read: pinned ones first, then the newest; narrowed by words, subject and state."""
    access = access_run(request.user, run)
    chosen = {name: request.GET.get(name, "") for name in ("q", "about")}
    tab = request.GET.get("tab", "all") if request.GET.get("tab") in TABS else "all"
    rows = newest(of_value(listed(access), chosen["about"]))
    if tab == "mine":
        rows = rows.filter(author=access.user)
    found = matching(chosen["q"], rows) if chosen["q"].strip() else list(rows)
    shown = rows_of(access, found)
    if tab == "waiting":
        shown = [one for one in shown if one.standing.state == "waiting"]
    context = {
        "access": access, "chosen": chosen, "tab": tab, "tabs": TABS, "options": list(subjects.options(access)),
        "page": Paginator(shown, ON_ONE_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "questions/questions.html", context)


@signed_in
@require_safe
def question(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """One question. One that was joined to another leads there."""
    access, found = access_question(request.user, run, pk)
    into = found.duplicate_of_id
    if into is not None and found.removed_at is None and readable(access).filter(pk=into).exists():
        return redirect(f"{request.path.removesuffix(f'{pk}/')}{into}/?joined={pk}")
    return page(request, access, found)


def page(request: SignedInRequest, access: RunAccess, found: Question, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a question; `more` has what an answer that could not be sent says."""
    reader = Reader.of(access)
    joined = list(readable(access).filter(duplicate_of=found, removed_at=None))
    [row] = rows_of(access, [found])
    context = {
        "access": access,
        "question": found,
        "row": row,
        "shown": question_shown(found, reader, list(found.pictures.all())),
        "answers": answers_shown([found, *joined], reader),
        "joined": [question_shown(one, reader, list(one.pictures.all())) for one in joined],
        "came_from": request.GET.get("joined", ""),
        "asks_too": is_asker_too(found, access.user),
        "also": found.askers.count() + len(joined),
        "near": _near(access, found),
        "accepted": ACCEPTED,
        **more,
    }
    return render(request, "questions/question.html", context, status=status)


def _near(access: RunAccess, found: Question) -> list[Question]:
    """To staff, what a question could be joined to."""
    if not access.is_staff or found.removed_at is not None:
        return []
    others = listed(access).exclude(pk=found.pk)
    return similar(found.title, found.text, others, value=subjects.subject_of(found).value)


@signed_in
@require_safe
def picture(request: SignedInRequest, run: str, uid: UUID) -> HttpResponseBase:
    """A picture of what one may read."""
    found = access_picture(request.user, run, uid)
    response = HttpResponse(bytes(found.data), content_type=found.mime)
    response["Content-Security-Policy"] = POLICY
    response["Content-Disposition"] = "inline"
    return response
