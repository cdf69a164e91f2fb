"""Answering, and what people say of answers."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kafedra.web.frame.pictures import ACCEPTED
from kafedra.web.people import throttle
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess
from kafedra.web.questions.access import access_answer, access_answer_as_staff, access_own_answer, access_question
from kafedra.web.questions.forms import AnswerForm, much_code
from kafedra.web.questions.models import Answer, Audience, Question
from kafedra.web.questions.services import answering
from kafedra.web.questions.telling import page_of
from kafedra.web.questions.views.reading import page
from kafedra.web.runs.addresses import inbox_of


@signed_in
@require_POST
def answer(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Answer, or say more about one's own question. What can't be sent comes back with everything that was typed."""
    access, question = access_question(request.user, run, pk)
    form = AnswerForm(request.POST, request.FILES, access=access)
    if not form.is_valid() or question.removed_at is not None:
        return page(request, access, question, 422, form=form)
    text, kept = form.cleaned_data["text"], form.kept()
    seen = hashlib.sha256(text.encode()).hexdigest()[:16]
    if _shows_code(access, question, text) and request.POST.get("checked") != seen:
        return page(request, access, question, form=form, checked=seen, kept=kept)
    if not access.is_staff and (why := throttle.message_refused(access.user)):
        messages.error(request, why)
        return page(request, access, question, 422, form=form)
    answering.answer(
        question=question, author=request.user, by_staff=access.is_staff, text=text,
        unnamed=form.cleaned_data["unnamed"], pictures=kept, resolved="resolved" in request.POST,
    )  # fmt: skip
    if "inbox" in request.POST and access.is_staff:
        messages.success(request, _("Answered; those who asked are told."))
        return redirect(inbox_of(access.run))
    return redirect(page_of(question) + "#answers")


def _shows_code(access: RunAccess, question: Question, text: str) -> bool:
    """Whether a student is about to show all the others so much code that it may be a solution."""
    graded = bool(question.assignment) and question.audience != Audience.STAFF
    return graded and not access.is_staff and much_code(text)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Change one's own answer."""
    access, found = access_own_answer(request.user, run, pk)
    form = AnswerForm(request.POST or None, request.FILES or None, access=access, initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        if access.is_staff or not (why := throttle.message_refused(access.user)):
            answering.edit_answer(answer=found, text=form.cleaned_data["text"], pictures=form.kept())
            messages.success(request, _("Changed."))
            return redirect(_at(found))
        messages.error(request, why)
    context = {"access": access, "answer": found, "form": form, "accepted": ACCEPTED}
    return render(request, "questions/answer.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_POST
def confirm(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Say that an answer is right, or no longer."""
    _access, found = access_answer_as_staff(request.user, run, pk)
    answering.confirm(answer=found, by=request.user, confirmed="undo" not in request.POST)
    return redirect(_at(found))


@signed_in
@require_POST
def helped(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Say that an answer helped, or did not after all."""
    _access, found = access_answer(request.user, run, pk)
    answering.help_with(answer=found, user=request.user, helped="undo" not in request.POST)
    return redirect(_at(found))


def _at(answer: Answer) -> str:
    return f"{page_of(answer.question)}#answer-{answer.pk}"
