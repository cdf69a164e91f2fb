"""Two people at one notebook, two tabs, a lost answer: nothing is overwritten, and everybody is told."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection
from tests.web.conftest import SignIn
from tests.web.reading import source, text
from tests.web.reviews.conftest import Reviewer

from kafedra.web.people.models import User
from kafedra.web.reviews.models import Comment, Review
from kafedra.web.reviews.services import drafts
from kafedra.web.submissions.models import Submission


@pytest.fixture
def colleague(instructor: User, submission: Submission, signed_in: SignIn) -> Reviewer:
    """Osip, at the same desk."""
    return Reviewer(signed_in(instructor), submission, page="osips")


def test_who_changes_what_somebody_else_has_changed_sees_both_texts(reviewer: Reviewer, colleague: Reviewer) -> None:
    uid = reviewer.comment("Медленно", taken_off="0.1")
    colleague.comment("Медленно и неточно", uid=uid, revision=1, taken_off="0.2")
    answer = reviewer.saving("Медленно, увы", 3, "0.1", uid, revision=1)
    assert answer.status_code == 409
    words = text(answer)
    assert "Осип Мандельштам has changed this comment while you were writing." in words
    assert "Медленно и неточно" in words
    assert Comment.objects.get(uid=uid).text == "Медленно и неточно"
    reviewer.comment("Медленно, увы", uid=uid, revision=2)
    assert Comment.objects.get(uid=uid).text == "Медленно, увы"


def test_a_comment_removed_meanwhile_is_not_brought_back_unasked(reviewer: Reviewer, colleague: Reviewer) -> None:
    uid = reviewer.comment("Медленно")
    colleague.client.post(f"{colleague.desk}comments/{uid}/remove/", headers={"hx-request": "true"})
    answer = reviewer.saving("Медленно, увы", 3, "", uid, revision=1)
    assert (answer.status_code, "has removed this comment" in text(answer)) == (409, True)
    reviewer.comment("Медленно, увы", uid=uid, revision=2)
    assert not Comment.objects.get(uid=uid).removed


def test_what_a_colleague_removed_doesnt_come_back_with_the_next_letter(
    reviewer: Reviewer, colleague: Reviewer
) -> None:
    reviewer.page = "veras"
    uid = reviewer.comment("Медленно", taken_off="0.2")
    removal = {"revision": 1, "page": colleague.page, "seen": colleague.seen()}
    colleague.client.post(f"{colleague.desk}comments/{uid}/remove/", removal, headers={"hx-request": "true"})
    answer = reviewer.saving("Медленно, у", 3, "0.2", uid, revision=1)
    assert (answer.status_code, "has removed this comment" in text(answer)) == (409, True)
    assert Comment.objects.get(uid=uid).removed
    reviewer.publish()
    assert reviewer.submission.review.publications.get().taken_off == 0


def test_nobody_removes_words_that_they_have_not_read(reviewer: Reviewer, colleague: Reviewer) -> None:
    uid = reviewer.comment("Медленно")
    colleague.comment("Медленно и неточно", uid=uid, revision=1)
    address, known = f"{reviewer.desk}comments/{uid}/remove/", {"revision": 1, "page": "veras", "text": "Медленно"}
    answer = reviewer.client.post(address, known, headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Retarget"]) == (409, f"#comment-{uid} .comment-state")
    assert "Осип Мандельштам has changed this comment" in text(answer)
    assert not Comment.objects.get(uid=uid).removed
    reviewer.client.post(address, {**known, "revision": 2}, headers={"hx-request": "true"})
    assert Comment.objects.get(uid=uid).removed


def test_the_desk_learns_at_once_that_saving_has_claimed_the_work(reviewer: Reviewer) -> None:
    first = reviewer.saving("Медленно", 3, "", uuid4())
    assert "You have this work." in text(first)
    assert 'id="claim" hx-swap-oob="true"' in first.content.decode()
    assert "You have this work." not in text(reviewer.saving("И ещё", 3, "", uuid4()))


def test_an_answer_lost_on_the_way_is_no_conflict(reviewer: Reviewer) -> None:
    reviewer.page = "veras"
    uid = reviewer.comment("Медл")
    reviewer.comment("Медленно", uid=uid, revision=0)
    assert Comment.objects.get(uid=uid).text == "Медленно"


def test_another_tab_of_the_same_person_is_somebody_else(reviewer: Reviewer) -> None:
    reviewer.page = "first"
    uid = reviewer.comment("Медленно")
    reviewer.page = "second"
    assert reviewer.saving("Быстро", 3, "", uid, revision=0).status_code == 409


def test_the_same_words_twice_are_one_change(reviewer: Reviewer) -> None:
    uid = reviewer.comment("Медленно")
    reviewer.comment("Медленно", uid=uid, revision=0)
    assert Comment.objects.get().revision == 1


def test_nobody_publishes_what_they_have_not_read(
    reviewer: Reviewer, colleague: Reviewer, submission: Submission
) -> None:
    reviewer.comment("Медленно")
    seen = reviewer.seen()
    colleague.comment("Ошибка", taken_off="0.5")
    page = text(reviewer.publish(seen))
    assert "Nothing is published yet: Осип Мандельштам changed this review" in page
    assert "There are words of Осип Мандельштам in this draft." in page
    assert not submission.review.publications.exists()
    reviewer.publish()
    assert submission.review.publications.count() == 1


def test_a_page_that_has_missed_a_change_is_told_when_it_saves(reviewer: Reviewer, colleague: Reviewer) -> None:
    reviewer.comment("Медленно")
    seen = reviewer.seen()
    colleague.comment("Ошибка")
    answer = reviewer.saving("Ещё", 3, "", uuid4(), seen=seen)
    assert "A colleague is changing this review, too." in text(answer)
    assert f'id="seen" name="seen" autocomplete="off" value="{seen}"' in source(answer)
    alone = reviewer.saving("И ещё", 3, "", uuid4())
    assert "A colleague" not in text(alone)


def test_the_desk_says_whose_work_it_is(reviewer: Reviewer, colleague: Reviewer) -> None:
    assert "Nobody has taken this work." in text(reviewer.client.get(reviewer.desk))
    reviewer.comment("Медленно")
    assert "You have this work." in text(reviewer.client.get(reviewer.desk))
    assert "Вера Инбер has this work." in text(colleague.client.get(colleague.desk))


@pytest.mark.django_db(transaction=True)
def test_saves_at_the_same_moment_are_all_kept(submission: Submission, assistant: User, instructor: User) -> None:
    failures: list[BaseException] = []

    def save(by: User, number: int) -> None:
        try:
            drafts.save_comment(
                submission=submission,
                by=by,
                uid=uuid4(),
                words=drafts.Words(cell=number, text=f"{by.username} {number}"),
                seen=drafts.Seen(0, 0),
            )
        except BaseException as error:  # noqa: BLE001  # told by the test itself
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(by, n)) for n in range(4) for by in (assistant, instructor)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    review = Review.objects.get(submission=submission)
    assert (review.comments.count(), review.revision) == (8, 8)
