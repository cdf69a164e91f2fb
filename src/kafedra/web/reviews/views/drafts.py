"""Comments of a draft: saved as they are typed, removed, put back, repeated from what was said before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import retarget

from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.reviews.access import ReviewAccess, access_review
from kafedra.web.reviews.desk import draft_comments
from kafedra.web.reviews.forms import CommentForm, KnownForm
from kafedra.web.reviews.models import Comment
from kafedra.web.reviews.services import drafts
from kafedra.web.reviews.views.desk import claimed, offered, page, points
from kafedra.web.reviews.views.refused import Refused, refused
from kafedra.web.reviews.views.selection import selection


@signed_in
@require_POST
def comment(request: SignedInRequest, run: str, pk: int, uid: UUID) -> HttpResponse:
    """Save a comment. Htmx gets its new state and the points; 409 with both texts when somebody else changed it.

    Without htmx what is refused is the whole page, with the comment as it was typed.
    """
    access = access_review(request.user, run, pk)
    form = _typed(request, access)
    if not form.is_valid():
        if not request.htmx:
            return _whole(request, access, refused(form, uid), 422)
        return render(request, "reviews/_unsaved.html", {"form": form, "uid": uid}, status=422)
    values = form.cleaned_data
    seen = drafts.Seen(values["revision"] or 0, values["seen"] or 0, _page(form))
    words = drafts.Words(values["cell"], values["text"], values["taken_off"], values["into_bank"], values["bank_key"])
    try:
        saved = drafts.save_comment(submission=access.submission, by=request.user, uid=uid, words=words, seen=seen)
    except drafts.ForeignComment:
        raise Http404 from None
    except drafts.CommentConflict as error:
        if not request.htmx:
            return _whole(request, access, refused(form, uid, error.theirs), 409)
        return _conflict(request, error.theirs, seen.comment)
    return _answer(request, access, saved, "reviews/_saved.html")


@signed_in
@require_POST
def remove(request: SignedInRequest, run: str, pk: int, uid: UUID) -> HttpResponse:
    """Take a comment out of the draft; with `back` put it in again. 409 when somebody else has changed it meanwhile."""
    access, removed = access_review(request.user, run, pk), "back" not in request.POST
    form = KnownForm(request.POST)
    form.is_valid()  # what is no number is not known
    seen = drafts.Seen(form.cleaned_data.get("revision"), form.cleaned_data.get("seen") or 0, _page(form))
    try:
        saved = drafts.remove_comment(
            submission=access.submission, by=request.user, uid=uid, removed=removed, seen=seen
        )
    except Comment.DoesNotExist:
        if request.htmx or "cell" not in request.POST:
            raise Http404 from None
        return redirect(desk_address(request, access))  # it was never saved: nothing is left of it
    except drafts.CommentConflict as error:
        if not request.htmx:
            return _whole(request, access, refused(_typed(request, access), uid, error.theirs), 409)
        answer = _conflict(request, error.theirs, error.theirs.revision)
        return retarget(answer, f"#comment-{uid} .comment-state")
    template = "reviews/_removed.html" if saved.comment.removed else "reviews/_restored.html"
    return _answer(request, access, saved, template)


def desk_address(request: SignedInRequest, access: ReviewAccess, cell: int | None = None, query: str = "") -> str:
    """The desk with what the reviewer goes through, at a cell."""
    address = reverse("reviews:desk", args=[access.run.run.slug, access.submission.pk]) + selection(request).suffix
    address += f"{'&' if '?' in address else '?'}{query}" if query else ""
    return address if cell is None else f"{address}#cell-{cell}"


def _typed(request: SignedInRequest, access: ReviewAccess) -> CommentForm:
    form = CommentForm(request.POST, work=access.work)
    form.is_valid()
    return form


def _page(form: KnownForm) -> str:
    page_name: str = form.cleaned_data.get("page", "")
    return page_name


def _whole(request: SignedInRequest, access: ReviewAccess, what: Refused, status: int) -> HttpResponse:
    return render(request, "reviews/desk.html", page(request, access, what), status=status)


def _conflict(request: SignedInRequest, theirs: Comment, known: int | None) -> HttpResponse:
    return render(request, "reviews/_conflict.html", {"theirs": theirs, "known": known or 0}, status=409)


def _answer(request: SignedInRequest, access: ReviewAccess, saved: drafts.Saved, template: str) -> HttpResponse:
    if not request.htmx:
        query = f"removed={saved.comment.uid}" if saved.comment.removed else ""
        return redirect(desk_address(request, access, saved.comment.cell, query))
    comments = draft_comments(saved.comment.review)
    context: dict[str, Any] = {
        "access": access.run,
        "work": access.work,
        "submission": access.submission,
        "comment": saved.comment,
        "seen": saved.seen,
        "moved": saved.moved,
        "chosen": selection(request),
        "opening": request.POST.get("page", "")[:36],
        **(claimed(access) if saved.claimed else {}),
        **(offered(access, comments) if template == "reviews/_restored.html" else {}),
        **points(access, comments),
    }
    return render(request, template, context)
