"""What of a draft becomes a publication, and what is said about it afterwards."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.reviews import works
from tests.web.reviews.conftest import Reviewer

from kafedra.web import clock
from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.reviews import verbs
from kafedra.web.submissions.models import Submission

COUNTS_NOW = "Another submission counts now"


def test_emptied_comments_are_left_out_and_not_counted(
    reviewer: Reviewer, submission: Submission, student: User, signed_in: SignIn
) -> None:
    emptied = reviewer.comment("Медленно", taken_off="0.2")
    reviewer.comment(" \n", uid=emptied, revision=1)
    reviewer.comment("Хорошо", cell=2)
    reviewer.publish()
    (published,) = submission.review.publications.get().document["comments"]
    assert published["text"] == "Хорошо"
    assert "with 1 comment" in text(signed_in(student).get(f"/2023/submissions/{submission.pk}/notebook/"))
    assert Entry.objects.get(verb=verbs.REVIEW_PUBLISHED).after["comments"] == 1


def test_a_review_of_emptied_comments_alone_has_nothing_to_remark(
    reviewer: Reviewer, submission: Submission, student: User, signed_in: SignIn
) -> None:
    reviewer.comment("")
    reviewer.publish()
    assert "Read, and nothing to remark." in text(signed_in(student).get(f"/2023/submissions/{submission.pk}/"))


def test_a_change_that_was_taken_back_makes_no_version(reviewer: Reviewer, submission: Submission) -> None:
    uid = reviewer.comment("Медленно")
    reviewer.publish()
    reviewer.comment("Быстро", uid=uid, revision=1)
    reviewer.comment("Медленно", uid=uid, revision=2)
    reviewer.publish()
    assert submission.review.publications.count() == 1
    assert "Published: this is what the student reads." in text(reviewer.client.get(reviewer.desk))


def test_nothing_is_said_of_another_submission_when_nothing_changed(reviewer: Reviewer, submission: Submission) -> None:
    works.handed_in(submission.repository, points="1", at=factories.IN_TIME - timedelta(hours=1))
    reviewer.comment("Хорошо")
    assert COUNTS_NOW not in text(reviewer.publish()), "the earlier one counted all along"


def test_the_other_submission_that_counts_now_is_in_the_queue_unless_it_is_reviewed(
    reviewer: Reviewer, submission: Submission
) -> None:
    other = works.handed_in(submission.repository, at=factories.IN_TIME + timedelta(hours=1))
    second = Reviewer(reviewer.client, other)
    second.comment("Хорошо")
    second.publish()
    reviewer.comment("Медленно", taken_off="0.2")
    page = text(reviewer.publish())
    assert "Another submission counts now; it has been reviewed already." in page
    assert "it is in the queue" not in page


def amended(reviewer: Reviewer) -> UUID:
    uid = reviewer.comment("Медленно")
    reviewer.publish()
    with clock.shifted(timedelta(minutes=1)):
        reviewer.comment("Очень медленно", uid=uid, revision=1)
    return uid


def test_an_amendment_that_is_not_published_waits_with_whoever_made_it(
    reviewer: Reviewer, instructor: User, signed_in: SignIn
) -> None:
    amended(reviewer)
    for query in ("scope=mine", "scope=all", "scope=all&reason=amended"):
        assert "Анна Ахматова Activation functions amendment not published" in text(
            reviewer.client.get(f"/2023/reviews/?{query}")
        )
    assert "Анна" not in text(signed_in(instructor).get("/2023/reviews/?scope=all"))
    assert reviewer.client.post("/2023/reviews/next/")["Location"] == reviewer.desk
    reviewer.publish()
    assert "Анна" not in text(reviewer.client.get("/2023/reviews/?scope=all"))


def test_an_amendment_waits_with_its_author_though_a_colleague_changed_something_later(
    reviewer: Reviewer, instructor: User, signed_in: SignIn
) -> None:
    amended(reviewer)
    colleague = Reviewer(signed_in(instructor), reviewer.submission)
    with clock.shifted(timedelta(minutes=2)):
        colleague.comment("И ещё", cell=2)
    for client in (reviewer.client, colleague.client):
        assert "Анна Ахматова Activation functions amendment" in text(client.get("/2023/reviews/?scope=all"))
