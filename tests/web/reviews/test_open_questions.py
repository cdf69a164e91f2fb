"""Each thread of the conversation waits by itself, until it is answered or said to need no answer."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.reviews import works
from tests.web.reviews.conftest import Reviewer

from kafedra.web import clock
from kafedra.web.people.models import User
from kafedra.web.reviews.models import Message
from kafedra.web.submissions.models import Submission

ASKED = 'class="reason asked"'


@pytest.fixture
def said(reviewer: Reviewer) -> tuple[UUID, UUID]:
    """Two published comments."""
    found = reviewer.comment("Медленно: цикл"), reviewer.comment("Импорт лишний", cell=2)
    reviewer.publish()
    return found


@pytest.fixture
def anna(student: User, signed_in: SignIn) -> Client:
    return signed_in(student)


def messages(submission: Submission) -> str:
    return f"/2023/submissions/{submission.pk}/messages/"


def waits(reviewer: Reviewer) -> bool:
    return ASKED in reviewer.client.get("/2023/reviews/?scope=all").content.decode()


def asks_about_both(anna: Client, submission: Submission, said: tuple[UUID, UUID]) -> None:
    for uid, words in zip(said, ("Почему медленно?", "Почему лишний?"), strict=True):
        anna.post(messages(submission), {"text": words, "comment": uid})


def test_an_answer_to_one_question_leaves_the_other_open(
    reviewer: Reviewer, anna: Client, submission: Submission, said: tuple[UUID, UUID]
) -> None:
    asks_about_both(anna, submission, said)
    for uid, still in zip(said, (True, False), strict=True):
        reviewer.client.post(messages(submission), {"text": "Потому", "comment": uid})
        assert waits(reviewer) is still
        assert ("No answer needed" in text(reviewer.client.get(reviewer.desk))) is still


def test_one_question_is_closed_and_the_other_stays_open(
    reviewer: Reviewer, anna: Client, submission: Submission, said: tuple[UUID, UUID]
) -> None:
    asks_about_both(anna, submission, said)
    for uid, still in zip(said, (True, False), strict=True):
        closed = reviewer.client.post(messages(submission), {"close": "1", "comment": uid}, follow=True)
        assert "The question is closed." in text(closed)
        assert waits(reviewer) is still
    assert not anna.get(f"/2023/submissions/{submission.pk}/").content.count(b"by-staff"), "nobody said a word"


def test_a_publication_closes_no_question_and_the_reviewer_is_told(
    reviewer: Reviewer, anna: Client, submission: Submission, said: tuple[UUID, UUID]
) -> None:
    asks_about_both(anna, submission, said)
    with clock.shifted(timedelta(minutes=1)):
        reviewer.comment("И ещё")
        assert "The student's question is still open" in text(reviewer.publish())
        assert waits(reviewer)


def test_an_empty_answer_is_refused_and_closes_nothing(
    reviewer: Reviewer, anna: Client, submission: Submission, said: tuple[UUID, UUID]
) -> None:
    asks_about_both(anna, submission, said)
    for words in ("", "  \n"):
        page = text(reviewer.client.post(messages(submission), {"text": words, "comment": said[0]}, follow=True))
        assert "Write a few words first" in page
    assert Message.objects.filter(by_staff=True).count() == 0
    assert text(reviewer.client.get(reviewer.desk)).count("No answer needed") == 2


def test_a_student_closes_nothing_and_what_is_closed_is_closed_once(
    reviewer: Reviewer, anna: Client, submission: Submission, said: tuple[UUID, UUID]
) -> None:
    anna.post(messages(submission), {"text": "Почему?", "comment": said[0]})
    anna.post(messages(submission), {"close": "1", "comment": said[0]})
    assert waits(reviewer)
    for _ in range(2):
        reviewer.client.post(messages(submission), {"close": "1", "comment": said[0]})
    assert Message.objects.filter(by_staff=True).count() == 1


def test_questions_about_two_submissions_wait_one_after_the_other(
    reviewer: Reviewer, anna: Client, submission: Submission, said: tuple[UUID, UUID]
) -> None:
    later = works.handed_in(submission.repository, at=submission.pushed_at + timedelta(hours=1))
    anna.post(messages(submission), {"text": "Почему?"})
    anna.post(messages(later), {"text": "А теперь?"})
    queue = "/2023/reviews/?scope=all"
    assert (
        f'href="/2023/reviews/{submission.pk}/?scope=all#conversation"' in reviewer.client.get(queue).content.decode()
    )
    reviewer.client.post(messages(submission), {"text": "Потому"})
    assert f'href="/2023/reviews/{later.pk}/?scope=all#conversation"' in reviewer.client.get(queue).content.decode()


def test_a_question_about_a_comment_that_was_taken_back_stays_on_both_sides(
    reviewer: Reviewer, anna: Client, submission: Submission, said: tuple[UUID, UUID]
) -> None:
    asks_about_both(anna, submission, said)
    reviewer.client.post(f"{reviewer.desk}comments/{said[0]}/remove/")
    reviewer.publish()
    for page in (f"/2023/submissions/{submission.pk}/", f"/2023/submissions/{submission.pk}/notebook/"):
        read = text(anna.get(page))
        assert "The comment was taken back. Медленно: цикл me · 1 February, 15:00 Почему медленно?" in read
    desk = reviewer.client.get(reviewer.desk)
    assert "about a comment that was taken back · cell 3 Медленно: цикл" in text(desk)
    assert f'href="#comment-{said[0]}"' not in desk.content.decode(), "it would lead nowhere"
    reviewer.client.post(messages(submission), {"text": "Вы правы", "comment": said[0]})
    assert "Вы правы" in text(anna.get(f"/2023/submissions/{submission.pk}/"))


def test_the_desk_quotes_what_the_student_writes_about(
    reviewer: Reviewer, anna: Client, submission: Submission, said: tuple[UUID, UUID]
) -> None:
    anna.post(messages(submission), {"text": "Почему лишний?", "comment": said[1]})
    assert "about a comment · cell 2 Импорт лишний Анна Ахматова" in text(reviewer.client.get(reviewer.desk))
