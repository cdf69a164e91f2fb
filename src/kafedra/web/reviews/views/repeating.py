"""Saying again what was said about another submission: a comment of the last review, a draft that nobody has read."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.reviews.access import access_review
from kafedra.web.reviews.desk import desk as desk_of
from kafedra.web.reviews.earlier import places_between
from kafedra.web.reviews.models import Comment
from kafedra.web.reviews.services import drafts
from kafedra.web.reviews.views.desk import number
from kafedra.web.reviews.views.drafts import desk_address


@signed_in
@require_POST
def repeat(request: SignedInRequest, run: str, pk: int, uid: UUID) -> HttpResponse:
    """Say again what the last review said: the same words and points, on the cell as it is now."""
    access = access_review(request.user, run, pk)
    hint = next((hint for hint in desk_of(access.submission, "").all_hints if hint.comment.uid == uid), None)
    if hint is not None:  # else it is repeated already: a double click
        before = Comment.objects.filter(uid=uid).first()
        words = drafts.Words(
            hint.cell,
            hint.comment.text,
            hint.comment.taken_off,
            bank_key=before.bank_key if before else "",
            repeats=uid,
        )
        drafts.carry_over(submission=access.submission, by=request.user, words=words)
    return redirect(desk_address(request, access, hint.cell if hint else 0))


@signed_in
@require_POST
def carry(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Bring here what was drafted about another submission (`source`) of the same work, each comment to its cell."""
    access = access_review(request.user, run, pk)
    source, carried = number(request.POST.get("source")), 0
    for draft in desk_of(access.submission, "").elsewhere:
        if draft.submission.pk == source:
            went = places_between(draft.submission, access.submission)
            for one in draft.comments:
                cell = went[one.cell].cell.number if one.cell in went else 0
                words = drafts.Words(cell, one.text, one.taken_off, one.into_bank, one.bank_key, repeats=one.uid)
                drafts.carry_over(submission=access.submission, by=request.user, words=words)
                carried += 1
    if carried:
        text = ngettext("%(n)d comment was carried over.", "%(n)d comments were carried over.", carried)
        messages.success(request, text % {"n": carried})
    return redirect(desk_address(request, access))
