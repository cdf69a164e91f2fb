"""The desk: one notebook with the draft of its review; who has it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kafedra.grading.report import Report as Verdict
from kafedra.grading.report import TestReport
from kafedra.web.appeals.models import Appeal
from kafedra.web.appeals.selectors import by_test
from kafedra.web.frame.prose import prose
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.reviews import bank, selectors
from kafedra.web.reviews.access import ReviewAccess, access_review, access_reviewer
from kafedra.web.reviews.desk import Desk, draft_score
from kafedra.web.reviews.desk import desk as desk_of
from kafedra.web.reviews.mine import for_reviewer, reviewed_by
from kafedra.web.reviews.models import Comment
from kafedra.web.reviews.published import published
from kafedra.web.reviews.queue import Neighbours, neighbours
from kafedra.web.reviews.services import claims
from kafedra.web.reviews.threads import threads_of
from kafedra.web.reviews.views.blind import is_blind, namer
from kafedra.web.reviews.views.refused import Refused
from kafedra.web.reviews.views.selection import Selection, selection
from kafedra.web.runs import course
from kafedra.web.standings.facts import by_review
from kafedra.web.standings.selectors import standing_for
from kafedra.web.submissions import notebooks
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.selectors import newest_report


@signed_in
@require_safe
def desk(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """The notebook, the judge's report beside it, and the draft."""
    access = access_review(request.user, run, pk)
    return render(request, "reviews/desk.html", page(request, access))


def page(request: SignedInRequest, access: ReviewAccess, refused: Refused | None = None) -> dict[str, Any]:
    """Everything that the page shows; with a comment that was `refused`, as it was typed."""
    submission, chosen = access.submission, selection(request)
    removed, comment_on = _removed(request, submission), number(request.GET.get("comment"))
    wanted = refused.cell if refused else removed.cell if removed else comment_on
    laid = desk_of(submission, request.GET.get("compare", ""), wanted)
    row = newest_report(submission)
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
        "near": near(request, access, chosen),
        "verdict": verdict,
        "requests": _requests(access, verdict),
        "guide": prose(guide) if guide else "",
        "opening": uuid4(),
        "blank": uuid4(),
        "comment_on": comment_on,
        "refused": refused,
        "removed": removed,
        "chosen": chosen,
        "threads": threads_of(submission),
        "drafted": {one.uid for one in laid.comments},
        **offered(access, laid.comments),
        **claimed(access),
        **points(access, laid.comments),
        **_others(access, laid),
    }


def near(request: SignedInRequest, access: ReviewAccess, chosen: Selection) -> Neighbours:
    """Where the work stands among those that the reviewer goes through."""
    run, me, repository = access.run.run, request.user, access.submission.repository_id
    items = reviewed_by(run, me) if chosen.scope == "done" else for_reviewer(run, me)
    listed = chosen.listed(items, me, keep=repository)
    return neighbours(listed, repository, access.submission.pk, number(request.GET.get("then")))


def offered(access: ReviewAccess, comments: Sequence[Comment]) -> dict[str, Any]:
    """The comment bank, each entry with whether this draft holds it already."""
    used = {key for comment in comments for key in comment.bank_key.split()}
    return {"bank": [(entry, entry.key in used) for entry in bank.entries(access.work.slug)]}


def claimed(access: ReviewAccess) -> dict[str, Any]:
    """Who has the work, and to whom an instructor may pass it."""
    return {
        "holder": selectors.holder(access.submission),
        "reviewers": selectors.reviewers(access.run.run) if access.run.is_instructor else [],
    }


def _removed(request: SignedInRequest, submission: Submission) -> Comment | None:
    """The comment that was removed a moment ago, to put it back."""
    try:
        uid = UUID(request.GET.get("removed", ""))
    except ValueError:
        return None
    return Comment.objects.filter(review__submission=submission, uid=uid, removed=True).first()


def points(access: ReviewAccess, comments: Sequence[Comment]) -> dict[str, Any]:
    """The arithmetic with the draft in it, and the version that students read now."""
    line = standing_for(access.student, access.run.run).line(access.work.slug)
    mark = next(mark for mark in line.history if mark.id == access.submission.pk)
    taken_off = sum((comment.taken_off for comment in comments), Decimal(0))
    return {
        "mark": mark,
        "line": line,
        "score": draft_score(mark, taken_off, _whole(access)),
        "deductions": [(one, bank.first_words(one.text)) for one in comments if one.taken_off],
        "published": published(access.submission),
        "up_to_date": selectors.up_to_date(access.submission),
    }


def _whole(access: ReviewAccess) -> Decimal | None:
    """What the assignment is worth in this run, where the review alone gives it."""
    return access.work.points if access.work.slug in by_review(course.current().assignments) else None


def _others(access: ReviewAccess, laid: Desk) -> dict[str, Any]:
    """Whose words are in the draft, if somebody else's are."""
    people = {one.changed_by for one in laid.comments if one.changed_by_id != access.run.user.pk}
    return {"co_authors": sorted(person.get_full_name() for person in people)}


def _requests(access: ReviewAccess, verdict: Verdict | None) -> list[tuple[Appeal, TestReport | None]]:
    """What the student asks to look at again, with what the judge said of it."""
    tests = {test.id: test for test in verdict.tests} if verdict else {}
    return [(asked, tests.get(name)) for name, asked in by_test(access.submission).items()]


def number(text: str | None) -> int | None:
    """A number of an address or a form, if it is one that the database may know."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


@signed_in
@require_POST
def claim(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Take the work, pass it to somebody, or let it go (an empty `holder`)."""
    access = access_review(request.user, run, pk)
    repository, login = access.submission.repository, request.POST.get("holder", "")
    back = reverse("reviews:desk", args=[run, pk]) + selection(request).suffix
    if not login:
        claims.release(repository=repository, by=request.user)
        return redirect(back)
    holder = access_reviewer(access.run, login)
    try:
        claims.claim(
            repository=repository, by=request.user, holder=holder, seen_holder=number(request.POST.get("seen_holder"))
        )
    except claims.ClaimedMeanwhile as error:
        messages.warning(request, _("{name} took this work a moment ago.").format(name=error.holder.get_full_name()))
    return redirect(back)
