"""A draft about another submission of the same work: it is mentioned, and carried over with one click."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.web import factories
from tests.web.reading import text
from tests.web.reviews import works
from tests.web.reviews.conftest import Reviewer

from kafedra.web.people.models import User
from kafedra.web.reviews.bank import entries
from kafedra.web.reviews.models import Claim, Comment
from kafedra.web.submissions.models import Submission

THERE = "There is a draft with 2 comments on the submission of 25 January, 20:30"


@pytest.fixture
def newer(reviewer: Reviewer, submission: Submission) -> Reviewer:
    """Vera at the desk of a newer submission, with a draft on the older one; a cell was put in above."""
    reviewer.comment("Медленно", taken_off="0.2")
    reviewer.comment("В целом хорошо", cell=0)
    cells = [works.markdown("Новое"), *works.SOLVED]
    return Reviewer(
        reviewer.client,
        works.handed_in(submission.repository, cells, points="1", at=factories.IN_TIME - timedelta(hours=1)),
    )


def test_the_desk_of_the_submission_that_counts_mentions_the_draft(newer: Reviewer, submission: Submission) -> None:
    page = newer.client.get(newer.desk)
    assert THERE in text(page)
    assert f'href="/2023/reviews/{submission.pk}/"' in page.content.decode()


def test_the_tag_in_the_queue_speaks_of_the_rows_own_submission(newer: Reviewer) -> None:
    queue = "/2023/reviews/?scope=all"
    assert "Анна Ахматова Activation functions" in text(newer.client.get(queue))
    newer.comment("Хорошо")
    assert "Анна Ахматова draft Activation functions" in text(newer.client.get(queue))


def test_it_is_carried_over_to_the_cells_as_they_are_now_and_once(newer: Reviewer, submission: Submission) -> None:
    for _ in range(2):
        newer.client.post(f"{newer.desk}carry/", {"source": submission.pk})
    carried = Comment.objects.filter(review__submission=newer.submission)
    assert list(carried.values_list("cell", "text", "taken_off")) == [
        (0, "В целом хорошо", Decimal(0)),
        (4, "Медленно", Decimal("0.2")),
    ]
    assert "There is a draft" not in text(newer.client.get(newer.desk))
    assert Comment.objects.filter(review__submission=submission).count() == 2, "what was written stays"


def test_what_is_no_draft_of_this_work_is_not_carried_over(newer: Reviewer) -> None:
    for source in ("", "x", "999999", "9" * 5000):
        assert newer.client.post(f"{newer.desk}carry/", {"source": source}).status_code == 302
    assert not Comment.objects.filter(review__submission=newer.submission).exists()


def test_a_repeated_comment_hides_its_own_hint_only(reviewer: Reviewer, submission: Submission) -> None:
    one = reviewer.comment("Медленно", taken_off="0.2")
    reviewer.comment("Медленно", cell=2, taken_off="0.1")
    reviewer.publish()
    again = Reviewer(reviewer.client, works.handed_in(submission.repository, at=factories.IN_TIME + timedelta(hours=1)))
    again.client.post(f"{again.desk}repeat/{one}/")
    page = text(again.client.get(again.desk))
    assert "Say it again (−0.1)" in page
    assert "Say it again (−0.2)" not in page
    comment = Comment.objects.get(review__submission=again.submission)
    again.comment("Медленно, как и раньше", uid=comment.uid, revision=1, taken_off="0.2")
    assert "Say it again (−0.2)" not in text(again.client.get(again.desk)), "reworded, it is repeated still"


def test_who_repeats_a_comment_has_the_work_and_the_bank_knows(
    reviewer: Reviewer, assistant: User, submission: Submission
) -> None:
    entry = entries("activations")[0]
    uid = reviewer.comment(entry.text, bank_key=entry.key)
    reviewer.publish()
    Claim.objects.all().delete()
    again = Reviewer(reviewer.client, works.handed_in(submission.repository, at=factories.IN_TIME + timedelta(hours=1)))
    again.client.post(f"{again.desk}repeat/{uid}/")
    assert Comment.objects.get(review__submission=again.submission).bank_key == entry.key
    assert Claim.objects.get().holder == assistant
