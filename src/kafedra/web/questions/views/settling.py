"""What becomes of questions and answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.questions.access import (
    access_answer_as_staff,
    access_own_answer,
    access_own_question,
    access_question,
    access_question_as_staff,
    readable,
)
from kafedra.web.questions.forms import HideForm
from kafedra.web.questions.models import Question
from kafedra.web.questions.services import asking, settling
from kafedra.web.questions.telling import page_of


@signed_in
@require_POST
def join(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Say that one has the same question."""
    _access, question = access_question(request.user, run, pk)
    joined = "undo" not in request.POST
    if asking.join(question=question, user=request.user, joined=joined) and joined:
        messages.success(request, _("You will be told when there is an answer."))
    return redirect(page_of(question))


@signed_in
@require_POST
def resolve(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Its author or staff says that the question is settled, or open again."""
    access, question = access_question(request.user, run, pk)
    if not (access.is_staff or question.author_id == request.user.pk):
        raise PermissionDenied
    settling.resolve(question=question, by=request.user, resolved="undo" not in request.POST)
    return redirect(page_of(question))


@signed_in
@require_POST
def pin(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Let a question stand above all others, or no longer."""
    _access, question = access_question_as_staff(request.user, run, pk)
    settling.pin(question=question, by=request.user, pinned="undo" not in request.POST)
    return redirect(page_of(question))


@signed_in
@require_POST
def merge(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Join a question to another, which the form names by its number or its address; or part the two."""
    access, question = access_question_as_staff(request.user, run, pk)
    if "undo" in request.POST:
        settling.merge(question=question, by=request.user, into=None)
        return redirect(page_of(question))
    into = _named(request.POST.get("into_address") or request.POST.get("into", ""))
    other = readable(access).filter(pk=into).first() if into else None
    try:
        if other is None:
            raise settling.CannotJoin
        settling.merge(question=question, by=request.user, into=other)
    except settling.CannotJoin:
        messages.error(request, _("They can't be joined: whoever asked this one could not read that one."))
        return redirect(page_of(question))
    messages.success(request, _("Joined. The old address leads here, and whoever asked is told."))
    return redirect(page_of(Question.objects.select_related("run").get(pk=other.duplicate_of_id or other.pk)))


def _named(text: str) -> int | None:
    number = text.strip().rstrip("/").rpartition("/")[2].removeprefix("#").removeprefix("№").strip()
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None


@signed_in
@require_POST
def take_back(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Take one's question back."""
    _access, question = access_own_question(request.user, run, pk)
    settling.take_back(written=question)
    messages.success(request, _("Taken back: nobody but teachers can read it any more."))
    return redirect("questions:questions", run)


@signed_in
@require_POST
def take_answer_back(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Take one's answer back."""
    _access, answer = access_own_answer(request.user, run, pk)
    settling.take_back(written=answer)
    return redirect(page_of(answer.question))


@signed_in
@require_POST
def hide(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Hide a question from all but its author and staff, with a reason; or show it again."""
    _access, question = access_question_as_staff(request.user, run, pk)
    _hide(request, question)
    return redirect(page_of(question))


@signed_in
@require_POST
def hide_answer(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """The same with an answer."""
    _access, answer = access_answer_as_staff(request.user, run, pk)
    _hide(request, answer)
    return redirect(page_of(answer.question))


def _hide(request: SignedInRequest, written: settling.Written) -> None:
    form = HideForm(request.POST)
    if "undo" in request.POST:
        settling.hide(written=written, by=request.user, hidden=False, why="")
    elif form.is_valid():
        settling.hide(written=written, by=request.user, hidden=True, why=form.cleaned_data["why"])
    else:
        messages.error(request, _("Say why: its author will read it."))
