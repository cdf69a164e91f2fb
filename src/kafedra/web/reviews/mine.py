"""What concerns one reviewer: the queue with their own unpublished amendments, and what they have reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, Subquery

from kafedra.web.people.models import Role, User
from kafedra.web.reviews.known import Reason
from kafedra.web.reviews.models import Comment, Publication, Review
from kafedra.web.reviews.queue import WaitingForReview, counted_of, waiting
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run
from kafedra.web.standings.facts import Facts, facts
from kafedra.web.submissions.models import Repository


def for_reviewer(run: Run, me: User) -> list[WaitingForReview]:
    """Everything that waits, with published reviews that `me` has changed and not published again."""
    marks = facts(run)
    items = waiting(run, marks)
    there = {item.submission for item in items}
    more = [item for item in _amended(run, me, marks) if item.submission not in there]
    return sorted([*items, *more], key=lambda item: (item.since, item.submission))


def reviewed_by(run: Run, me: User) -> list[WaitingForReview]:
    """The submissions of the run that `me` has published a review of, the newest review first."""
    rows = Publication.objects.filter(published_by=me).order_by("published_at", "pk").select_related(
        "review__submission__repository__student"
    )  # fmt: skip
    newest = {row.review.submission.pk: row for row in rows.filter(_of_students("review__submission__", run))}
    found = ((row.review.submission.repository, pk, row.published_at) for pk, row in newest.items())
    items = _items(run, me, found, facts(run), Reason.DONE) if newest else ()
    return sorted(items, key=lambda item: (item.since, item.submission), reverse=True)


def _amended(run: Run, me: User, marks: Facts) -> Iterator[WaitingForReview]:
    """Published reviews with a change by `me` that no student has read. One query."""
    published = Publication.objects.filter(review=OuterRef("review")).order_by("-number").values("published_at")[:1]
    mine = Comment.objects.filter(review=OuterRef("pk"), changed_by=me, changed_at__gt=Subquery(published))
    rows = Review.objects.filter(_of_students("submission__", run), published_revision__lt=F("revision"))
    rows = rows.filter(Q(changed_by=me) | Exists(mine)).select_related("submission__repository__student")
    found = ((row.submission.repository, row.submission_id, row.changed_at) for row in rows)
    return _items(run, me, found, marks, Reason.AMENDED)


def _of_students(to_submission: str, run: Run) -> Q:
    memberships = f"{to_submission}repository__student__memberships__"
    return Q(**{f"{to_submission}repository__run": run, f"{memberships}run": run, f"{memberships}role": Role.STUDENT})


def _items(
    run: Run, me: User, found: Iterable[tuple[Repository, int, datetime]], marks: Facts, reason: Reason
) -> Iterator[WaitingForReview]:
    late = terms.in_force(run.slug).late
    works = {
        work.slug: (work, each.deadline)
        for each in course.current().runs[run.slug].homework
        for work in each.assignments
    }
    for repository, submission, at in found:
        if repository.assignment in works:
            work, deadline = works[repository.assignment]
            student = repository.student
            counted = counted_of(marks, (student.pk, work.slug), deadline, late)
            yield WaitingForReview(
                repository.pk, submission, student, work, counted, reason, at, holder=me, drafted=False
            )
