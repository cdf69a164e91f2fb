"""A student asks to look at one test again; staff answers, once; the student is told."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.appeals.models import Appeal
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

TEST = "test_edges.py::test_large"


@pytest.fixture
def submission(run: Run, student: User) -> Submission:
    return factories.graded(factories.repository(student, run), "0.35")


@pytest.fixture
def page(student: User, signed_in: SignIn) -> Client:
    return signed_in(student)


def address(submission: Submission) -> str:
    return f"/2023/submissions/{submission.pk}/"


def ask(page: Client, submission: Submission, **changes: str):  # type: ignore[no-untyped-def]  # a test response
    form = {"test": TEST, "message": "Моя сигмоида устойчива"} | changes
    return page.post(f"{address(submission)}regrade/", form, follow=True)


def test_from_the_question_to_the_answer(
    page: Client, submission: Submission, assistant: User, signed_in: SignIn
) -> None:
    assert "Моя сигмоида устойчива" in text(ask(page, submission))
    staff = signed_in(assistant)
    assert "a test to look at again 1" in text(staff.get("/2023/gradebook/overview/"))
    assert "Моя сигмоида устойчива" in text(staff.get("/2023/inbox/"))
    assert "Большие значения не дают NaN" in text(staff.get("/2023/inbox/")), "the test by its name"
    asked = Appeal.objects.get()
    staff.post(f"/2023/requests/{asked.pk}/answer/", {"answer": "Вы правы, тест исправлен"})
    assert "Вера Инбер" in text(page.get(address(submission)))
    assert "Вы правы, тест исправлен" in text(page.get(address(submission)))
    assert "was answered" in text(page.get("/2023/"))
    assert "a test to look at again" not in text(staff.get("/2023/gradebook/overview/"))


def test_the_report_says_to_each_who_asked(
    page: Client, submission: Submission, assistant: User, signed_in: SignIn
) -> None:
    ask(page, submission)
    assert "You asked to look at it again" in text(page.get(address(submission)))
    staff = signed_in(assistant).get(address(submission))
    assert "Анна Ахматова asked to look at it again" in text(staff)
    assert "You asked" not in text(staff)
    assert 'href="/2023/inbox/?kind=test">Answer<' in staff.content.decode()


def test_question_and_answer_are_markdown_for_everybody(
    page: Client, submission: Submission, assistant: User, signed_in: SignIn
) -> None:
    ask(page, submission, message="Почему не **так**? <b>")
    staff, desk = signed_in(assistant), f"/2023/reviews/{submission.pk}/"
    asked = Appeal.objects.get()
    for client, path in ((page, address(submission)), (staff, "/2023/inbox/"), (staff, desk)):
        assert "<p>Почему не <strong>так</strong>? &lt;b&gt;</p>" in client.get(path).content.decode()
    staff.post(f"/2023/requests/{asked.pk}/answer/", {"answer": "Потому что $x^2$"})
    for client, path in ((page, address(submission)), (staff, "/2023/inbox/?done"), (staff, desk)):
        assert "<msup><mi>x</mi><mn>2</mn></msup>" in client.get(path).content.decode()


def test_two_colleagues_give_one_answer(
    page: Client, submission: Submission, assistant: User, instructor: User, signed_in: SignIn
) -> None:
    ask(page, submission)
    asked = Appeal.objects.get()
    signed_in(assistant).post(f"/2023/requests/{asked.pk}/answer/", {"answer": "first"})
    late = signed_in(instructor).post(f"/2023/requests/{asked.pk}/answer/", {"answer": "second"}, follow=True)
    assert "A colleague has answered already." in text(late)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("first", assistant)


def test_a_double_click_asks_once_and_other_words_replace_the_first(page: Client, submission: Submission) -> None:
    ask(page, submission)
    ask(page, submission)
    ask(page, submission, message="Уточню")
    assert Appeal.objects.get().message == "Уточню"


@pytest.mark.parametrize("changes", [{"message": " "}, {"test": "no::such"}, {"message": "x" * 2001}])
def test_an_empty_question_is_not_sent(page: Client, submission: Submission, changes: dict[str, str]) -> None:
    assert "Say in a few words" in text(ask(page, submission, **changes))
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("message", ["Моя сигмоида устойчива", ""])
def test_one_comes_back_to_the_test(page: Client, submission: Submission, message: str) -> None:
    response = page.post(f"{address(submission)}regrade/", {"test": TEST, "message": message})
    assert response["Location"] == f"{address(submission)}#test-2"
    assert 'id="test-2"' in page.get(address(submission)).content.decode()


def test_only_the_author_asks_and_only_what_failed_offers_it(
    page: Client, submission: Submission, other_student: User, assistant: User, signed_in: SignIn
) -> None:
    assert text(page.get(address(submission))).count("The verdict seems wrong?") == 1
    assert "The verdict seems wrong?" not in text(signed_in(assistant).get(address(submission)))
    assert ask(signed_in(other_student), submission).status_code == 404


def test_what_was_written_stays_text(page: Client, submission: Submission, assistant: User, signed_in: SignIn) -> None:
    hostile = "<script>alert(1)</script>"
    ask(page, submission, message=hostile)
    for response in (page.get(address(submission)), signed_in(assistant).get("/2023/inbox/")):
        assert hostile not in response.content.decode()
        assert "&lt;script&gt;" in response.content.decode()
