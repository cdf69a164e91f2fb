"""What one page about everybody keeps for the next is never older than the facts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web import clock
from kafedra.web.adjustments import services as adjustments
from kafedra.web.people.models import User
from kafedra.web.reviews.models import Publication, Review
from kafedra.web.runs.models import Run
from kafedra.web.solutions.services import open_solution
from kafedra.web.standings.facts import facts
from kafedra.web.submissions.models import Report, Submission


def shown(page: Client) -> str:
    """O_hw of the only student."""
    words = text(page.get("/2023/gradebook/"))
    return words.split(" anna ")[1].split()[0]


def test_each_new_fact_shows_at_once(run: Run, student: User, instructor: User, signed_in: SignIn) -> None:
    page, repository = signed_in(instructor), factories.repository(student, run)
    assert shown(page) == "0"
    factories.graded(repository, "0.4")
    assert shown(page) == "0.4"
    second = factories.graded(repository, "0.8", factories.IN_TIME + timedelta(hours=1))
    assert shown(page) == "0.8"
    Report.objects.filter(submission=second).update(withdrawn_at=clock.now())
    assert shown(page) == "0.4"
    Report.everything.filter(submission=second).update(withdrawn_at=None, points=Decimal("0.7"))
    assert shown(page) == "0.7"
    said = {"run": run, "student": student, "assignment": "activations", "by": instructor}
    by_hand = adjustments.set_points(points=Decimal("0.9"), reason="viva", submission=second, **said)
    assert shown(page) == "0.9"
    adjustments.undo_points(override=by_hand, by=instructor)
    assert shown(page) == "0.7"
    published(second, instructor, "0.25")
    assert shown(page) == "0.45"
    last = factories.graded(repository, "1", factories.NOW - timedelta(days=1))  # a day late
    assert shown(page) == "0.9"
    grant = adjustments.Grant(("activations",), None, 3, "flu")
    batch = adjustments.extend(run=run, students=[student], grant=grant, by=instructor)
    assert shown(page) == "1"
    extensions = list(run.extensions.filter(batch=batch))  # type: ignore[attr-defined]  # a related name
    adjustments.undo_extensions(extensions=extensions, by=instructor)
    assert shown(page) == "0.9"
    Submission.objects.filter(pk=last.pk).update(pushed_at=factories.NOW)  # two days late
    assert shown(page) == "0.8"
    with clock.shifted(timedelta(days=-1)):
        open_solution(student=student, run=run, assignment="activations")
    assert shown(page) == "0.45"


def published(submission: Submission, by: User, taken_off: str) -> None:
    review = Review.objects.create(submission=submission)
    Publication.objects.create(review=review, number=1, published_by=by, taken_off=Decimal(taken_off), document={})


def test_what_nobody_touched_is_taken_again(run: Run, student: User, other_student: User) -> None:
    factories.graded(factories.repository(student, run))
    other = factories.repository(other_student, run)
    factories.graded(other)
    key, others = (student.pk, "activations"), (other_student.pk, "activations")
    before = facts(run)
    factories.pushed(other, factories.NOW)
    after = facts(run)
    assert after.pushed[key] is before.pushed[key]
    assert [len(one.pushed[others]) for one in (before, after)] == [1, 2]
    assert [len(one.pushed) for one in (facts(run, students=[student]), facts(run))] == [1, 2]
