"""What the author of a submission may see and do: the notebook with comments, its pictures, the conversation."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kafedra.web.people import throttle
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import access_work
from kafedra.web.reviews.access import access_published, is_comment_of
from kafedra.web.reviews.forms import MessageForm
from kafedra.web.reviews.published import conversation as conversation_of
from kafedra.web.reviews.published import published, withdrawn
from kafedra.web.reviews.services import conversation
from kafedra.web.reviews.views.selection import selection
from kafedra.web.runs.addresses import inbox_of
from kafedra.web.submissions import notebooks
from kafedra.web.submissions.addresses import desk_of, page_of

# A picture is data: opened by itself it may run nothing, frame nothing, ask for nothing.
PICTURE_POLICY = "default-src 'none'; sandbox"


@signed_in
@require_safe
def notebook(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """The whole notebook as it was handed in, with the published comments in their cells."""
    access, submission = access_published(request.user, run, pk)
    opened = notebooks.submitted(submission)
    review = published(submission)
    by_cell = review.by_cell if review else {}
    context = {
        "access": access,
        "work": access_work(request.user, run, submission.repository.assignment)[2],
        "submission": submission,
        "student": submission.repository.student,
        "problem": opened.problem,
        "more_cells": opened.notebook.more,
        "review": review,
        "on_the_whole": by_cell.get(0, []),
        "withdrawn": withdrawn(submission, review, conversation_of(submission)),
        "cells": [(cell, by_cell.get(cell.number, [])) for cell in notebooks.rendered(submission)],
    }
    return render(request, "reviews/notebook.html", context)


@signed_in
@require_safe
def picture(request: SignedInRequest, run: str, pk: int, name: str) -> HttpResponse:
    """One picture of the notebook. What isn't a PNG, JPEG or GIF by its content is not found."""
    _access, submission = access_published(request.user, run, pk)
    found = notebooks.picture(submission, name)
    if found is None:
        raise Http404
    response = HttpResponse(found.data, content_type=found.mime)
    response["Content-Security-Policy"] = PICTURE_POLICY
    response["Content-Disposition"] = "inline"
    return response


@signed_in
@require_POST
def message(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Reply to a comment, or ask to look at the work again; staff answer, or say with `close` that none is needed."""
    access, submission = access_published(request.user, run, pk)
    mine = submission.repository.student_id == access.user.pk
    form = MessageForm(request.POST)
    text = form.cleaned_data["text"].strip() if form.is_valid() else ""
    about = form.cleaned_data.get("comment")
    if about and not is_comment_of(submission, about):
        raise Http404
    if form.is_valid() and "close" in request.POST and not mine:
        conversation.close(submission=submission, by=access.user, comment=about)
        messages.success(request, _("The question is closed."))
    elif text and mine and (why := throttle.message_refused(access.user)):
        messages.error(request, why)
    elif text:
        conversation.say(submission=submission, author=access.user, by_staff=not mine, text=text, comment=about)
        messages.success(request, _("Sent."))
    else:
        messages.error(request, _("Write a few words first, and not more than a few pages."))
    address = page_of(submission) if mine else desk_of(submission)
    if mine and about:
        return redirect(f"{address}#comment-{about}")
    if "inbox" in request.POST and not mine:
        return redirect(inbox_of(access.run))
    return redirect(f"{address}{selection(request).suffix}#conversation")
