"""Students reply to comments and ask to look again; the staff answers; nobody else hears."""

from __future__ import annotations

from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.reviews.conftest import Reviewer

from kafedra.web.people.models import User
from kafedra.web.reviews.models import Message
from kafedra.web.submissions.models import Submission


def test_a_reply_stands_under_its_comment_on_both_sides(
    reviewer: Reviewer, student: User, submission: Submission, signed_in: SignIn
) -> None:
    uid = reviewer.comment("Цикл вместо матрицы", taken_off="0.1")
    reviewer.publish()
    anna, page = signed_in(student), f"/2023/submissions/{submission.pk}/"
    answer = anna.post(f"{page}messages/", {"text": "А если **clamp** запрещён?", "comment": uid}, follow=True)
    assert "Цикл вместо матрицы − 0.1 points me · 1 February, 15:00 А если clamp запрещён? Reply" in text(answer)
    desk = text(reviewer.client.get(reviewer.desk))
    assert "The student writes about a comment · cell 3 Цикл вместо матрицы Анна Ахматова" in desk
    assert "No answer needed" in desk
    reviewer.client.post(f"{page}messages/", {"text": "Он разрешён", "comment": uid})
    assert "Вера Инбер · 1 February, 15:00 Он разрешён" in text(anna.get(page))
    assert "No answer needed" not in text(reviewer.client.get(reviewer.desk)), "the staff spoke last"


def test_a_reply_leads_back_to_its_comment(
    reviewer: Reviewer, student: User, submission: Submission, signed_in: SignIn
) -> None:
    uid = reviewer.comment("Цикл вместо матрицы", taken_off="0.1")
    reviewer.publish()
    anna, page = signed_in(student), f"/2023/submissions/{submission.pk}/"
    for words in ("А если clamp запрещён?", ""):
        assert anna.post(f"{page}messages/", {"text": words, "comment": uid})["Location"] == f"{page}#comment-{uid}"
    assert f'id="comment-{uid}"' in anna.get(page).content.decode()
    assert anna.post(f"{page}messages/", {"text": "И ещё"})["Location"] == f"{page}#conversation"


def test_a_question_may_come_before_any_review(student: User, submission: Submission, signed_in: SignIn) -> None:
    anna, page = signed_in(student), f"/2023/submissions/{submission.pk}/"
    assert "A person will read the work, too" in text(anna.get(page))
    assert "Посмотрите вывод" in text(anna.post(f"{page}messages/", {"text": "Посмотрите вывод"}, follow=True))


def test_an_empty_question_and_a_double_click_add_nothing(
    student: User, submission: Submission, signed_in: SignIn
) -> None:
    anna, address = signed_in(student), f"/2023/submissions/{submission.pk}/messages/"
    assert "Write a few words first" in text(anna.post(address, {"text": "  "}, follow=True))
    anna.post(address, {"text": "Почему?"})
    anna.post(address, {"text": "Почему?"})
    anna.post(address, {"text": "x" * 30_000})
    assert Message.objects.count() == 1


def test_what_a_student_writes_does_nothing(
    reviewer: Reviewer, student: User, submission: Submission, signed_in: SignIn
) -> None:
    words = "<script>alert(1)</script> [x](javascript:alert(1)) \u202e $\\href{javascript:1}{x}$ \x00"
    signed_in(student).post(f"/2023/submissions/{submission.pk}/messages/", {"text": words})
    page = reviewer.client.get(reviewer.desk).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "\u202e" not in page


def test_the_student_learns_of_an_answer_and_of_a_review(
    reviewer: Reviewer, student: User, submission: Submission
) -> None:
    reviewer.publish()
    reviewer.client.post(f"/2023/submissions/{submission.pk}/messages/", {"text": "Посмотрела"})
    told = list(student.notices.values_list("news", flat=True).order_by("pk"))
    assert told == ["review", "review.answer"]
