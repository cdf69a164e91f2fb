"""After another push: what changed, what was said before, and that nothing is taken off by itself."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.reviews import works
from tests.web.reviews.conftest import Reviewer

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.standings.selectors import standing_for
from kafedra.web.submissions.models import Submission

LATER = factories.IN_TIME + timedelta(hours=1)


@pytest.fixture
def reviewed(reviewer: Reviewer) -> Reviewer:
    reviewer.comment("Медленно: цикл", taken_off="0.2")
    reviewer.comment("Импорт лишний", cell=2)
    reviewer.publish()
    return reviewer


def again(reviewer: Reviewer, submission: Submission, *cells: dict[str, object]) -> Reviewer:
    return Reviewer(reviewer.client, works.handed_in(submission.repository, cells or works.SOLVED, at=LATER))


def test_an_identical_push_is_not_charged_and_the_reviewer_is_told(
    reviewed: Reviewer, submission: Submission, student: User, run: Run
) -> None:
    second = again(reviewed, submission)
    assert standing_for(student, run).line("activations").points == 1
    page = text(second.client.get(second.desk))
    assert "Nothing has changed since the last review." in page
    assert "Said in the last review; the cell hasn't changed: Медленно: цикл Say it again (−0.2)" in page


def test_what_was_said_is_said_again_with_one_click_and_only_once(
    reviewed: Reviewer, submission: Submission, student: User, run: Run
) -> None:
    second = again(reviewed, submission)
    uid = submission.review.comments.get(cell=3).uid
    for _ in range(2):
        second.client.post(f"{second.desk}repeat/{uid}/")
    page = text(second.client.get(second.desk))
    assert "Said in the last review; the cell hasn't changed: Импорт лишний" in page
    assert "Say it again (−0.2)" not in page
    second.publish()
    assert standing_for(student, run).line("activations").points == Decimal("0.8")


def test_a_changed_cell_shows_its_lines_and_asks_whether_it_is_fixed(
    reviewed: Reviewer, submission: Submission
) -> None:
    fixed = works.code("class MyReLU:\n    def __call__(self, x):\n        return x.clamp(min=0)", id="relu")
    second = again(reviewed, submission, *works.SOLVED[:2], fixed)
    page = second.client.get(second.desk).content.decode()
    assert "<del>        return x * (x &gt; 0)</del><ins>        return x.clamp(min=0)</ins>" in page
    assert "the cell has changed. Fixed already? Медленно: цикл" in text(second.client.get(second.desk))


def test_a_comment_on_a_cell_that_is_gone_is_still_seen(reviewed: Reviewer, submission: Submission) -> None:
    second = again(reviewed, submission, works.SOLVED[0], works.SOLVED[2])
    assert "Said in the last review about a cell that is gone: Импорт лишний" in text(second.client.get(second.desk))


def test_the_first_review_shows_what_the_student_wrote(reviewer: Reviewer) -> None:
    page = text(reviewer.client.get(reviewer.desk))
    assert "2 cells without changes" in page
    assert "Cell 3 changed Comment class MyReLU : def __call__" in page
    assert "Compare with the starter" in page
    assert "cells without changes" not in text(reviewer.client.get(f"{reviewer.desk}?compare=all"))
    assert "2 cells without changes" in text(reviewer.client.get(f"{reviewer.desk}?compare=reviewed"))


def test_the_student_never_sees_the_last_reviews_words_as_the_new_ones(
    reviewed: Reviewer, submission: Submission, student: User, signed_in: SignIn
) -> None:
    second = again(reviewed, submission)
    page = text(signed_in(student).get(f"/2023/submissions/{second.submission.pk}/"))
    assert "Медленно" not in page
    assert "A person will read the work, too" in page


def test_changed_files_of_the_course_are_shown_line_by_line(
    student: User, run: Run, assistant: User, signed_in: SignIn
) -> None:
    files = {"tests/test_forward.py": b"def test_relu():\n    assert True  # <b>\n"}
    submission = works.handed_in(works.work(student, run), files=files, protected=list(files))
    page = signed_in(assistant).get(f"/2023/reviews/{submission.pk}/").content.decode()
    assert "This push changed files that belong to the course." in page
    assert "<ins>    assert True  # &lt;b&gt;</ins>" in page


def test_a_newer_push_during_the_review_is_mentioned_when_it_is_published(
    reviewer: Reviewer, submission: Submission
) -> None:
    reviewer.comment("Медленно", taken_off="0.2")
    works.handed_in(submission.repository, at=LATER)
    assert "Another submission counts now: it is in the queue." in text(reviewer.publish())
