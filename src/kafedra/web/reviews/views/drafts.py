"""Comments of a draft: saved as they are typed, removed, put back, repeated from the last review."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.reviews.access import ReviewAccess, access_review
from kafedra.web.reviews.desk import desk as desk_of
from kafedra.web.reviews.desk import draft_comments
from kafedra.web.reviews.forms import CommentForm
from kafedra.web.reviews.models import Comment
from kafedra.web.reviews.services import drafts
from kafedra.web.reviews.views.desk import points


@signed_in
@require_POST
def comment(request: SignedInRequest, run: str, pk: int, uid: UUID) -> HttpResponse:
    """Save a comment. Htmx gets its new state and the points; 409 with both texts when somebody else changed it."""
    access = access_review(request.user, run, pk)
    form = CommentForm(request.POST, most=access.work.points)
    if not form.is_valid():
        return render(request, "reviews/_unsaved.html", {"form": form, "uid": uid}, status=422)
    values = form.cleaned_data
    words = drafts.Words(values["cell"], values["text"], values["taken_off"], values["into_bank"], values["bank_key"])
    seen = drafts.Seen(values["revision"] or 0, values["seen"] or 0, values["page"])
    try:
        saved = drafts.save_comment(submission=access.submission, by=request.user, uid=uid, words=words, seen=seen)
    except drafts.CommentConflict as error:
        context = {"theirs": error.theirs, "known": seen.comment}
        return render(request, "reviews/_conflict.html", context, status=409)
    return _answer(request, access, saved, "reviews/_saved.html")


@signed_in
@require_POST
def remove(request: SignedInRequest, run: str, pk: int, uid: UUID) -> HttpResponse:
    """Take a comment out of the draft; with `back` put it in again."""
    access = access_review(request.user, run, pk)
    seen = request.POST.get("seen", "")
    try:
        saved = drafts.remove_comment(
            submission=access.submission,
            by=request.user,
            uid=uid,
            removed="back" not in request.POST,
            seen=int(seen) if seen.isdecimal() else 0,
        )
    except Comment.DoesNotExist:
        raise Http404 from None
    return _answer(
        request, access, saved, "reviews/_removed.html" if saved.comment.removed else "reviews/_restored.html"
    )


@signed_in
@require_POST
def repeat(request: SignedInRequest, run: str, pk: int, uid: UUID) -> HttpResponse:
    """Say again what the last review said: the same words and points, on the cell as it is now."""
    access = access_review(request.user, run, pk)
    hints = (hint for block in desk_of(access.submission, "").blocks for cell in block.cells for hint in cell.hints)
    everything = [*hints, *desk_of(access.submission, "").hints]
    hint = next((hint for hint in everything if hint.comment.uid == uid), None)
    if hint is not None:  # else it is repeated already: a double click
        words = drafts.Words(hint.cell, hint.comment.text, hint.comment.taken_off)
        drafts.carry_over(submission=access.submission, by=request.user, words=words)
    return redirect(f"{reverse('reviews:desk', args=[run, pk])}#cell-{hint.cell if hint else 0}")


def _answer(request: SignedInRequest, access: ReviewAccess, saved: drafts.Saved, template: str) -> HttpResponse:
    if not request.htmx:
        address = reverse("reviews:desk", args=[access.run.run.slug, access.submission.pk])
        return redirect(f"{address}#cell-{saved.comment.cell}")
    comments = draft_comments(saved.comment.review)
    context: dict[str, Any] = {
        "access": access.run,
        "work": access.work,
        "submission": access.submission,
        "comment": saved.comment,
        "seen": saved.seen,
        "moved": saved.moved,
        **points(access, comments),
    }
    return render(request, template, context)
