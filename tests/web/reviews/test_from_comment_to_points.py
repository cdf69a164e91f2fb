"""The path of a review: a comment on a cell, points off, publication, what the student reads and gets."""

from __future__ import annotations

from decimal import Decimal

from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.reviews import works
from tests.web.reviews.conftest import Reviewer

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.standings.selectors import standing_for
from kafedra.web.submissions.models import Submission

REASON = "Цикл вместо матрицы: $O(n^2)$"


def points(student: User, run: Run) -> Decimal | None:
    return standing_for(student, run).line("activations").points


def test_a_draft_changes_nothing_for_the_student(
    reviewer: Reviewer, student: User, run: Run, signed_in: SignIn, submission: Submission
) -> None:
    reviewer.comment(REASON, taken_off="0.2")
    assert points(student, run) == 1
    page = text(signed_in(student).get(f"/2023/submissions/{submission.pk}/"))
    assert "Цикл" not in page
    assert "Вера" not in page


def test_published_points_are_taken_off_before_the_penalty(
    reviewer: Reviewer, student: User, run: Run, submission: Submission, signed_in: SignIn
) -> None:
    reviewer.comment(REASON, taken_off="0,2")
    assert "Published" in text(reviewer.publish())
    assert points(student, run) == Decimal("0.8")
    page = text(signed_in(student).get(f"/2023/submissions/{submission.pk}/"))
    assert "taken off in review: Цикл вместо матрицы − 0.2" in page
    assert "Cell 3 class MyReLU : def __call__" in page
    assert "− 0.2 points" in page
    assert "Вера Инбер" in page


def test_more_than_there_is_takes_off_no_more_than_everything(reviewer: Reviewer, student: User, run: Run) -> None:
    reviewer.comment("Раз", taken_off="0.7")
    reviewer.comment("Два", taken_off="0.7")
    reviewer.publish()
    assert points(student, run) == 0


def test_an_amendment_is_a_new_version_and_the_old_one_stays(
    reviewer: Reviewer, student: User, run: Run, submission: Submission, signed_in: SignIn
) -> None:
    uid = reviewer.comment(REASON, taken_off="0.2")
    reviewer.publish()
    reviewer.comment("И всё-таки верно", uid=uid, revision=1)
    assert points(student, run) == Decimal("0.8")
    reviewer.publish()
    assert points(student, run) == 1
    versions = submission.review.publications.order_by("number").values_list("number", "taken_off")
    assert list(versions) == [(1, Decimal("0.2")), (2, Decimal(0))]
    page = text(signed_in(student).get(f"/2023/submissions/{submission.pk}/"))
    assert "И всё-таки верно" in page
    assert "amended" in page
    assert "Цикл" not in page


def test_a_double_click_publishes_once(reviewer: Reviewer, submission: Submission) -> None:
    reviewer.comment(REASON)
    seen = reviewer.seen()
    reviewer.publish(seen)
    reviewer.publish(seen)
    assert submission.review.publications.count() == 1


def test_nothing_to_remark_is_a_review_too(
    reviewer: Reviewer, student: User, submission: Submission, signed_in: SignIn
) -> None:
    reviewer.publish()
    assert "Read, and nothing to remark." in text(signed_in(student).get(f"/2023/submissions/{submission.pk}/"))


def test_points_need_a_reason_and_are_not_more_than_the_assignment_is_worth(reviewer: Reviewer) -> None:
    from uuid import uuid4

    unreasoned = reviewer.saving("", 3, "0.2", uuid4())
    assert (unreasoned.status_code, "Say what the points are taken off for" in text(unreasoned)) == (422, True)
    excessive = reviewer.saving("Всё", 3, "1.5", uuid4())
    assert (excessive.status_code, "worth less than that" in text(excessive)) == (422, True)
    assert reviewer.saving("Всё", 3, "много", uuid4()).status_code == 422
    assert reviewer.saving("Всё", 3, "NaN", uuid4()).status_code == 422


def test_a_removed_comment_can_be_put_back(reviewer: Reviewer, student: User, run: Run) -> None:
    uid = reviewer.comment(REASON, taken_off="0.2")
    address = f"{reviewer.desk}comments/{uid}/remove/"
    assert "Put it back" in text(reviewer.client.post(address, headers={"hx-request": "true"}))
    back = reviewer.client.post(address, {"back": "1"}, headers={"hx-request": "true"})
    assert "Цикл" in back.content.decode()
    reviewer.publish()
    assert points(student, run) == Decimal("0.8")


def test_without_the_script_the_forms_work_too(reviewer: Reviewer, submission: Submission) -> None:
    page = reviewer.client.get(f"{reviewer.desk}?comment=3").content.decode()
    form = page[page.index('id="cell-3"') :]
    form = form[form.index('<form class="comment"') : form.index("</form>")]
    address = form.split('action="')[1].split('"')[0]
    answer = reviewer.client.post(address, {"cell": "3", "text": "Хорошо", "revision": "0", "seen": "0"})
    assert answer["Location"].endswith(f"/2023/reviews/{submission.pk}/#cell-3")
    assert "Хорошо" in reviewer.client.get(reviewer.desk).content.decode()


def test_a_reviewer_reads_what_the_judge_remarked(student: User, run: Run, assistant: User, signed_in: SignIn) -> None:
    note = "Вопросы остались без ответа, номера ячеек: 28. Проверка их не читает, а преподаватель прочтёт"
    submission = works.handed_in(works.work(student, run), notes=[note])
    assert note in text(signed_in(assistant).get(f"/2023/reviews/{submission.pk}/"))
    assert note in text(signed_in(student).get(f"/2023/submissions/{submission.pk}/"))
