"""The desk: one notebook with the draft of its review; claiming it, publishing it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kafedra.grading.report import Report as Verdict
from kafedra.grading.report import TestReport
from kafedra.web.classroom import selectors as classroom
from kafedra.web.classroom.models import RegradeRequest, Submission
from kafedra.web.classroom.regrades.selectors import by_test
from kafedra.web.gradebook.selectors import standing_for
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.reviews import bank, notebooks, selectors
from kafedra.web.reviews.access import ReviewAccess, access_review, access_reviewer
from kafedra.web.reviews.desk import Desk, draft_score
from kafedra.web.reviews.desk import desk as desk_of
from kafedra.web.reviews.models import Comment
from kafedra.web.reviews.published import conversation, prose, published
from kafedra.web.reviews.queue import in_my_order, neighbours, waiting
from kafedra.web.reviews.services import claims, publishing
from kafedra.web.reviews.views.blind import is_blind, namer


@signed_in
@require_safe
def desk(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """The notebook, the judge's report beside it, and the draft."""
    access = access_review(request.user, run, pk)
    return render(request, "reviews/desk.html", page(request, access))


def page(request: SignedInRequest, access: ReviewAccess) -> dict[str, Any]:
    """Everything that the page shows."""
    submission = access.submission
    laid = desk_of(submission, request.GET.get("compare", ""))
    queue = in_my_order(waiting(access.run.run), request.user)
    row = classroom.newest_report(submission)
    verdict = Verdict.model_validate(row.document) if row else None
    guide = bank.review_page(access.work.slug).guide
    return {
        "access": access.run,
        "work": access.work,
        "submission": submission,
        "name": namer(request)(access.student, submission.repository_id),
        "blind": is_blind(request),
        "desk": laid,
        "changed_files": notebooks.changed_files(submission),
        "holder": selectors.holder(submission),
        "reviewers": selectors.reviewers(access.run.run) if access.run.is_instructor else [],
        "near": neighbours(queue, submission.repository_id),
        "verdict": verdict,
        "requests": _requests(access, verdict),
        "bank": bank.entries(access.work.slug),
        "guide": prose(guide) if guide else "",
        "opening": uuid4(),
        "blank": uuid4(),
        "comment_on": _number(request.GET.get("comment")),
        **_said(submission),
        **points(access, laid.comments),
        **_others(access, laid),
    }


def points(access: ReviewAccess, comments: tuple[Comment, ...]) -> dict[str, Any]:
    """The arithmetic with the draft in it, and the version that students read now."""
    line = standing_for(access.student, access.run.run).line(access.work.slug)
    mark = next(mark for mark in line.history if mark.id == access.submission.pk)
    taken_off = sum((comment.taken_off for comment in comments), Decimal(0))
    return {
        "mark": mark,
        "line": line,
        "score": draft_score(mark, taken_off),
        "deductions": [(one, bank.first_words(one.text)) for one in comments if one.taken_off],
        "published": published(access.submission),
        "up_to_date": selectors.up_to_date(access.submission),
    }


def _others(access: ReviewAccess, laid: Desk) -> dict[str, Any]:
    """Whose words are in the draft, if somebody else's are."""
    people = {one.changed_by for one in laid.comments if one.changed_by_id != access.run.user.pk}
    return {"co_authors": sorted(person.get_full_name() for person in people)}


def _said(submission: Submission) -> dict[str, Any]:
    """The conversation, and whether the student spoke last."""
    said = conversation(submission)
    newest = max((one for thread in said.values() for one in thread), key=lambda one: one.at, default=None)
    return {"said": said, "unanswered": newest is not None and not newest.by_staff}


def _requests(access: ReviewAccess, verdict: Verdict | None) -> list[tuple[RegradeRequest, TestReport | None]]:
    """What the student asks to look at again, with what the judge said of it."""
    tests = {test.id: test for test in verdict.tests} if verdict else {}
    return [(asked, tests.get(name)) for name, asked in by_test(access.submission).items()]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 6 else None


@signed_in
@require_POST
def claim(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Take the work, pass it to somebody, or let it go (an empty `holder`)."""
    access = access_review(request.user, run, pk)
    repository, login = access.submission.repository, request.POST.get("holder", "")
    if not login:
        claims.release(repository=repository, by=request.user)
        return redirect("reviews:desk", run, pk)
    holder = access_reviewer(access.run, login)
    try:
        claims.claim(
            repository=repository, by=request.user, holder=holder, seen_holder=_number(request.POST.get("seen_holder"))
        )
    except claims.ClaimedMeanwhile as error:
        messages.warning(request, _("{name} took this work a moment ago.").format(name=error.holder.get_full_name()))
    return redirect("reviews:desk", run, pk)


@signed_in
@require_POST
def publish(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Show the draft to the student."""
    access = access_review(request.user, run, pk)
    try:
        publishing.publish(submission=access.submission, by=request.user, seen=_number(request.POST.get("seen")) or 0)
    except publishing.DraftMoved as error:
        who = error.by.get_full_name() if error.by else ""
        text = _(
            "Nothing is published yet: {name} changed this review after you opened it. "
            "Here is all of it; look through it and publish again."
        )
        messages.warning(request, text.format(name=who))
        return redirect("reviews:desk", run, pk)
    messages.success(request, _("Published: the student can read it now."))
    _mention_newer(request, access)
    return redirect("reviews:desk", run, pk)


def _mention_newer(request: SignedInRequest, access: ReviewAccess) -> None:
    line = standing_for(access.student, access.run.run).line(access.work.slug)
    if line.counted is not None and line.counted.id != access.submission.pk:
        messages.warning(request, _("Another submission counts now: it is in the queue."))
