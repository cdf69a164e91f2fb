"""Asking: what was asked already, exactly what others will see, and then the question itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kafedra.web.frame.pictures import ACCEPTED
from kafedra.web.people import throttle
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess, access_run
from kafedra.web.questions import subjects
from kafedra.web.questions.access import access_own_question, listed
from kafedra.web.questions.forms import (
    AUDIENCES,
    QuestionForm,
    audiences,
    digest,
    first_audience,
    much_code,
    of_question,
)
from kafedra.web.questions.models import LONGEST_TITLE, About, Audience, Picture, Question
from kafedra.web.questions.services import asking
from kafedra.web.questions.services.asking import Words
from kafedra.web.questions.shown import Reader, ShownQuestion, picture_address, question_shown
from kafedra.web.questions.similar import similar
from kafedra.web.questions.subjects import Subject
from kafedra.web.questions.waiting import standings


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, run: str) -> HttpResponse:
    """The form; before it is sent, whatever its author should see first."""
    access = access_run(request.user, run)
    subject = subjects.read(access, request.POST.get("about") or request.GET.get("about", "run"))
    if request.method != "POST":
        form = QuestionForm(initial={"audience": first_audience(subject)}, access=access, subject=subject)
        return _page(request, access, form)
    form = QuestionForm(request.POST, request.FILES, access=access, subject=subject)
    if not form.is_valid():
        return _page(request, access, form, status=422)
    words = form.words(form.kept())
    found = _similar(access, words.title, words.text, subject.value)
    if "send" in request.POST and _looked_at(request, words, subject, found):
        if not access.is_staff and (why := throttle.message_refused(access.user)):
            messages.error(request, why)
            return _page(request, access, form, status=422)
        question = asking.ask(
            run=access.run, author=access.user, by_staff=access.is_staff, subject=subject, words=words
        )  # fmt: skip
        messages.success(request, _("Asked. When there is an answer, it will be among your news."))
        return redirect("questions:question", run, question.pk)
    return _page(request, access, form, check=_check(access, words, subject, found))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """The same form for a question of one's own."""
    access, question = access_own_question(request.user, run, pk)
    subject = subjects.subject_of(question)
    if request.method != "POST":
        form = QuestionForm(initial=dict(of_question(question)), access=access, subject=subject)
        return _page(request, access, form, question=question)
    form = QuestionForm(request.POST, request.FILES, access=access, subject=subject)
    if not form.is_valid():
        return _page(request, access, form, question=question, status=422)
    words = form.words(form.kept())
    if "send" in request.POST and _looked_at(request, words, subject, []):
        if not access.is_staff and (why := throttle.message_refused(access.user)):
            messages.error(request, why)
            return _page(request, access, form, question=question, status=422)
        asking.edit(question=question, words=words)
        messages.success(request, _("Changed."))
        return redirect("questions:question", run, pk)
    return _page(request, access, form, question=question, check=_check(access, words, subject, [], question))


@signed_in
@require_safe
def similar_ones(request: SignedInRequest, run: str) -> HttpResponse:
    """What was asked already, while somebody types."""
    access = access_run(request.user, run)
    found = _similar(access, request.GET.get("title", "")[:LONGEST_TITLE], "", request.GET.get("about", ""))
    return render(request, "questions/_similar.html", {"access": access, "similar": _with_standing(found)})


def _similar(access: RunAccess, title: str, text: str, value: str) -> list[Question]:
    return similar(title, text, listed(access), value=value)


def _with_standing(found: Sequence[Question]) -> list[tuple[Question, Any]]:
    known = standings(found)
    return [(one, known[one.pk]) for one in found]


def _looked_at(request: SignedInRequest, words: Words, subject: Subject, found: Sequence[Question]) -> bool:
    """Whether nothing is left to be seen before it is sent."""
    if request.POST.get("checked") == digest(words, subject):
        return True
    seen = set(request.POST.getlist("seen"))
    return all(str(one.pk) in seen for one in found) and not _exposes(words, subject)


def _exposes(words: Words, subject: Subject) -> bool:
    """Whether others may see of one's own work what one didn't mean to show."""
    if words.audience == Audience.STAFF:
        return False
    graded = subject.about in (About.ASSIGNMENT, About.TEST, About.CELL)
    return subject.of_own_work or (graded and (much_code(words.text) or bool(words.pictures)))


def _check(
    access: RunAccess, words: Words, subject: Subject, found: Sequence[Question], known: Question | None = None
) -> dict[str, Any]:
    """What is shown above the form before it is sent."""
    draft = Question(
        run=access.run, author=access.user, by_staff=access.is_staff, title=words.title, text=words.text,
        audience=words.audience, shows_work=words.shows_work, **subject.columns,
    )  # fmt: skip
    pictures = [*(known.pictures.all() if known else ()), *_pictures(access, words.pictures)]
    return {
        "similar": _with_standing(found),
        "digest": digest(words, subject),
        "preview": _preview(draft, access, pictures),
        "for_staff": words.audience == Audience.STAFF,
        "code": words.audience != Audience.STAFF and subject.about != About.RUN and much_code(words.text),
        "kept": [(picture_address(access.run.slug, one), one) for one in _pictures(access, words.pictures)],
    }


def _preview(draft: Question, access: RunAccess, pictures: Sequence[Picture]) -> ShownQuestion:
    return question_shown(draft, Reader(access.run.slug, None, draft.audience == Audience.STAFF), pictures)


def _pictures(access: RunAccess, uids: Collection[UUID]) -> list[Picture]:
    return list(Picture.objects.filter(uid__in=list(uids), owner=access.user, question=None, answer=None))


def _page(
    request: SignedInRequest, access: RunAccess, form: QuestionForm, status: int = 200, **more: Any
) -> HttpResponse:
    subject = form.subject
    context = {
        "access": access, "form": form, "subject": subject, "about": subjects.words(access.run.slug, subject),
        "fixed": subject.of_own_work or subject.about == About.PROBLEM or "question" in more,
        "options": list(subjects.options(access)), "accepted": ACCEPTED, "longest": LONGEST_TITLE,
        "audiences": [(one.value, *AUDIENCES[one]) for one in audiences(subject)], **more,
    }  # fmt: skip
    return render(request, "questions/ask.html", context, status=status)
