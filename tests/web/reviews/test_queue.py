"""What waits for a reviewer, why, with whom; sharing it out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.reviews import works
from tests.web.reviews.conftest import Reviewer

from kafedra.web import clock
from kafedra.web.adjustments import services as adjustments
from kafedra.web.appeals import services as appeals
from kafedra.web.appeals.models import Appeal
from kafedra.web.people.models import Role, User
from kafedra.web.reviews.models import Claim
from kafedra.web.reviews.services import conversation
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission


def rows(client: Client, query: str = "scope=all") -> list[str]:
    page = client.get(f"/2023/reviews/?{query}").content.decode()
    body = page.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in page else ""
    return [text(_Page(row)) for row in body.split("</tr>")[:-1]]


class _Page:
    def __init__(self, source: str) -> None:
        self.content = source.encode()


def test_graded_work_waits_and_what_waits_longest_comes_first(
    reviewer: Reviewer, run: Run, other_student: User
) -> None:
    works.handed_in(works.work(other_student, run), at=factories.IN_TIME - timedelta(hours=1))
    first, second = rows(reviewer.client)
    assert "Борис Пастернак Activation functions not reviewed yet" in first
    assert "Анна Ахматова" in second


def test_what_is_published_waits_no_longer_and_a_push_that_counts_brings_it_back(
    reviewer: Reviewer, submission: Submission
) -> None:
    reviewer.comment("Медленно", taken_off="0.5")
    reviewer.publish()
    assert rows(reviewer.client) == []
    works.handed_in(submission.repository, at=factories.IN_TIME + timedelta(hours=1))
    assert "changed since the review" in rows(reviewer.client)[0]


def test_a_push_that_does_not_count_brings_nothing_back(reviewer: Reviewer, submission: Submission) -> None:
    reviewer.publish()
    works.handed_in(submission.repository, points="0.3", at=factories.IN_TIME + timedelta(hours=1))
    assert rows(reviewer.client) == []


def test_a_question_brings_it_back_until_it_is_answered(
    reviewer: Reviewer, submission: Submission, student: User, signed_in: SignIn
) -> None:
    reviewer.publish()
    messages = f"/2023/submissions/{submission.pk}/messages/"
    with clock.shifted(timedelta(minutes=1)):
        signed_in(student).post(messages, {"text": "Посмотрите ещё раз, пожалуйста"})
        assert "question from the student" in rows(reviewer.client)[0]
    with clock.shifted(timedelta(minutes=2)):
        reviewer.client.post(messages, {"text": "Посмотрела, всё верно"})
        assert rows(reviewer.client) == []
        signed_in(student).post(messages, {"text": "Спасибо!"})
        assert len(rows(reviewer.client)) == 1
        reviewer.client.post(messages, {"close": "1"})
        assert rows(reviewer.client) == []


def test_a_request_about_a_test_waits_here_and_is_answered_on_the_desk(
    reviewer: Reviewer, run: Run, student: User, signed_in: SignIn
) -> None:
    failed = works.handed_in(works.work(student, run, assignment="dropout"), points="0.4")
    anna = signed_in(student)
    asked = {"test": "test_edges.py::test_large", "message": "Моя сигмоида устойчива"}
    with clock.shifted(timedelta(minutes=1)):
        anna.post(f"/2023/submissions/{failed.pk}/regrade/", asked)
    assert "a test to look at again" in rows(reviewer.client, "scope=all&reason=requested")[0]
    queue = reviewer.client.get("/2023/reviews/?scope=all").content.decode()
    assert f'href="/2023/reviews/{failed.pk}/?scope=all#requests"' in queue
    desk = text(reviewer.client.get(f"/2023/reviews/{failed.pk}/"))
    assert "Моя сигмоида устойчива" in desk
    request = Appeal.objects.get()
    answer = {"answer": "Вы правы, тест исправлен", "desk": "1"}
    back = reviewer.client.post(f"/2023/requests/{request.pk}/answer/", answer)
    assert back["Location"] == f"/2023/reviews/{failed.pk}/#requests"
    assert rows(reviewer.client, "scope=all&reason=requested") == []
    assert "Вы правы, тест исправлен" in text(anna.get(f"/2023/submissions/{failed.pk}/"))
    assert "was answered" in text(anna.get("/2023/"))


def test_a_question_waits_even_where_points_were_set_by_hand(
    reviewer: Reviewer, run: Run, student: User, instructor: User, signed_in: SignIn, submission: Submission
) -> None:
    final = {"assignment": "activations", "points": Decimal("0.5"), "reason": "viva", "by": instructor}
    adjustments.set_points(run=run, student=student, **final)
    assert rows(reviewer.client) == []
    signed_in(student).post(f"/2023/submissions/{submission.pk}/messages/", {"text": "Почему?"})
    assert "question from the student" in rows(reviewer.client)[0]
    assert reviewer.client.get(reviewer.desk).status_code == 200


def test_the_next_one_becomes_mine_and_is_nobody_elses(
    reviewer: Reviewer, assistant: User, instructor: User, signed_in: SignIn, submission: Submission
) -> None:
    answer = reviewer.client.post("/2023/reviews/next/")
    assert answer["Location"] == f"/2023/reviews/{submission.pk}/"
    assert Claim.objects.get().holder == assistant
    other = signed_in(instructor)
    assert other.post("/2023/reviews/next/")["Location"] == "/2023/reviews/"
    assert rows(other, "scope=free") == []
    assert "Вера Инбер has this work" in text(other.get(f"/2023/reviews/{submission.pk}/"))


def test_work_is_let_go_taken_over_and_passed_on(
    reviewer: Reviewer, assistant: User, instructor: User, signed_in: SignIn
) -> None:
    claim = f"{reviewer.desk}claim/"
    reviewer.client.post(claim, {"holder": "vera"})
    reviewer.client.post(claim, {"holder": ""})
    assert not Claim.objects.exists()
    reviewer.client.post(claim, {"holder": "vera"})
    boss = signed_in(instructor)
    boss.post(claim, {"holder": "osip", "seen_holder": assistant.pk})
    assert Claim.objects.get().holder == instructor
    boss.post(claim, {"holder": "vera", "seen_holder": instructor.pk})
    assert Claim.objects.get().holder == assistant
    assert reviewer.client.post(claim, {"holder": "osip", "seen_holder": assistant.pk}).status_code == 403
    assert boss.post(claim, {"holder": "anna", "seen_holder": assistant.pk}).status_code == 404


def test_two_who_take_the_same_work_learn_of_each_other(
    reviewer: Reviewer, assistant: User, instructor: User, signed_in: SignIn
) -> None:
    reviewer.client.post(f"{reviewer.desk}claim/", {"holder": "vera"})
    late = signed_in(instructor).post(f"{reviewer.desk}claim/", {"holder": "osip"}, follow=True)
    assert "Вера Инбер took this work a moment ago." in text(late)
    assert Claim.objects.get().holder == assistant


def test_free_work_is_shared_out_evenly_and_goes_to_who_knows_it(
    run: Run, assistant: User, instructor: User, signed_in: SignIn
) -> None:
    second = factories.person("nina", "Нина Берберова", run=run, role=Role.ASSISTANT)
    people = [factories.person(run=run) for _ in range(5)]
    handed_in = [works.handed_in(works.work(person, run)) for person in people]
    vera = Reviewer(signed_in(assistant), handed_in[0])
    vera.publish()
    Claim.objects.all().delete()
    works.handed_in(handed_in[0].repository, at=factories.IN_TIME - timedelta(hours=1))
    boss = signed_in(instructor)
    page = boss.post("/2023/reviews/share/", {"reviewer": ["vera", "nina"]}, follow=True)
    assert "5 works were shared out." in text(page)
    assert Claim.objects.get(repository=handed_in[0].repository).holder == assistant
    assert sorted(Claim.objects.filter(holder=person).count() for person in (assistant, second)) == [2, 3]
    assert boss.post("/2023/reviews/share/", {"reviewer": ["anna"]}, follow=True).status_code == 200
    assert vera.client.post("/2023/reviews/share/", {"reviewer": ["vera"]}).status_code == 403


def test_hidden_names_are_nowhere(reviewer: Reviewer, submission: Submission) -> None:
    reviewer.client.post("/2023/reviews/names/")
    for address in ("/2023/reviews/?scope=all", reviewer.desk):
        page = reviewer.client.get(address).content.decode()
        assert "Анна" not in page
        assert "anna" not in page
        assert "Work " in page
    reviewer.client.post("/2023/reviews/names/")
    assert "Анна Ахматова" in text(reviewer.client.get("/2023/reviews/?scope=all"))


def test_staff_are_not_in_the_queue_and_review_nobody_but_students(
    run: Run, assistant: User, signed_in: SignIn
) -> None:
    own = works.handed_in(works.work(assistant, run))
    client = signed_in(assistant)
    assert rows(client) == []
    assert client.get(f"/2023/reviews/{own.pk}/").status_code == 404


def test_the_number_of_queries_does_not_depend_on_the_number_of_students(
    run: Run, assistant: User, signed_in: SignIn
) -> None:
    client, counts = signed_in(assistant), []
    for more in (3, 20):
        for _ in range(more):
            submission = factories.graded(factories.repository(factories.person(run=run), run), "0.5")
            appeals.ask(submission=submission, test="test_edges.py::test_large", message="Почему?")
            conversation.say(submission=submission, author=submission.repository.student, by_staff=False, text="Когда?")
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/2023/reviews/?scope=all").status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 25  # one or two for each room that knows of points


def test_an_empty_page_says_why_it_is_empty(
    run: Run, student: User, assistant: User, instructor: User, signed_in: SignIn
) -> None:
    vera, osip = signed_in(assistant), signed_in(instructor)
    nothing = text(vera.get("/2023/reviews/"))
    assert "Nothing waits: everything that counts has been reviewed." in nothing
    assert "Take the next one" not in nothing, "there is none"
    shared = text(osip.get("/2023/reviews/"))
    assert "Nothing is free at the moment." in shared
    factories.graded(factories.repository(student, run))
    assert "Nothing of that kind waits here." in text(vera.get("/2023/reviews/?scope=free&reason=asked"))
    osip.post("/2023/reviews/share/", {"reviewer": "vera"})
    assert "Nothing is free: all that waits is with somebody." in text(osip.get("/2023/reviews/?scope=free"))
    assert "Nothing is waiting with you." in text(osip.get("/2023/reviews/?scope=mine"))


@pytest.fixture
def marked_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody but a reviewer gives points for the activations."""
    known = course.current()
    by_hand = known.assignments["activations"].model_copy(update={"by_hand": True})
    changed = replace(known, assignments={**known.assignments, "activations": by_hand})
    monkeypatch.setattr(course, "current", lambda: changed)


@pytest.mark.parametrize(("taken_off", "waits"), [("0.5", True), ("", False)])
def test_what_a_person_marks_waits_when_it_is_sent_again_and_can_bring_more(
    marked_by_hand: None, reviewer: Reviewer, submission: Submission, student: User, signed_in: SignIn,
    taken_off: str, waits: bool,
) -> None:  # fmt: skip
    reviewer.comment("Примеров нет", taken_off=taken_off)
    reviewer.publish()
    assert rows(reviewer.client) == []
    again = works.handed_in(submission.repository, points="0", at=factories.IN_TIME + timedelta(hours=1))
    assert ["changed since the review" in row for row in rows(reviewer.client)] == [True] * waits
    page = signed_in(student).get("/2023/assignments/activations/").content.decode()
    assert (f'href="/2023/submissions/{again.pk}/">waits for its review</a>' in page) is waits
    reviewer.submission = again
    reviewer.publish()
    assert rows(reviewer.client) == []
    assert "waits for its review" not in text(signed_in(student).get("/2023/assignments/activations/"))
