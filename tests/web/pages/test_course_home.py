"""The run's home: what is due, what it costs to be late, and the plan."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web import clock
from kafedra.web.adjustments import services as adjustments
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.submissions.services import verdicts


def test_the_whole_plan_is_there(student: User, signed_in: SignIn) -> None:
    page = signed_in(student).get("/2023/")
    assert len(set(re.findall(r'href="/2023/topics/([\w-]+)/"', page.content.decode()))) == 12
    assert "Convolutional networks. AlexNet, VGG, Inception, ResNet. Batch normalisation 5 February" in text(page)


def test_what_was_missed_shows_the_price_of_today(student: User, signed_in: SignIn) -> None:
    page = text(signed_in(student).get("/2023/"))
    assert "Past the deadline, nothing handed in yet Activation functions now −20 %: 0.8 at most" in page


def test_what_is_handed_in_and_can_gain_is_offered(run: Run, student: User, signed_in: SignIn) -> None:
    factories.graded(factories.repository(student, run), "0.35")
    page = text(signed_in(student).get("/2023/"))
    assert "Can still be improved Activation functions 0.35 now −20 %: 0.8 at most" in page


def test_what_can_gain_nothing_any_more_is_not_offered(run: Run, student: User, signed_in: SignIn) -> None:
    factories.graded(factories.repository(student, run), "0.85")
    assert "Can still be improved" not in text(signed_in(student).get("/2023/"))


def test_what_waits_for_its_verdict_is_not_offered_yet(run: Run, student: User, signed_in: SignIn) -> None:
    failed = factories.pushed(factories.repository(student, run))
    page = text(signed_in(student).get("/2023/"))
    assert "Can still be improved" not in page
    assert "30 January, 23:59 in the queue" in page
    verdicts.start_grading(submission=failed)
    verdicts.store_fault(submission=failed, fault="the disk was full")
    page = text(signed_in(student).get("/2023/"))
    assert "Can still be improved" not in page
    assert "Past the deadline, nothing handed in yet Activation functions" not in page


def test_before_the_deadline_it_is_due_and_nothing_is_lost(student: User, signed_in: SignIn) -> None:
    with clock.shifted(timedelta(days=-6)):
        page = text(signed_in(student).get("/2023/"))
    assert "What is due 30 January, 23:59 in 4 days Activation functions" in page
    assert "−20 %" not in page


def test_a_deadline_that_is_not_set_is_said_in_words(student: User, signed_in: SignIn) -> None:
    assert "Computer vision 4 — no deadline yet not started" in text(signed_in(student).get("/2023/"))


def test_what_is_not_issued_has_no_link(run: Run, student: User, signed_in: SignIn) -> None:
    with clock.shifted(timedelta(days=-20)):
        page = signed_in(student).get("/2023/")
    ahead = [homework for homework in course.current().runs[run.slug].homework if homework.issued]
    slugs = [work.slug for homework in ahead for work in homework.assignments]
    assert [slug for slug in slugs if f"/2023/assignments/{slug}/" in page.content.decode()] == []
    assert len(slugs) == 6
    assert "Next, on 23 January: Activation functions" in text(page)


def test_staff_see_the_table_without_points_of_their_own(assistant: User, signed_in: SignIn) -> None:
    page = text(signed_in(assistant).get("/2023/"))
    assert "Natural language processing" in page
    assert "My points" not in page


def test_the_way_to_the_automat_is_in_the_first_screen(run: Run, student: User, signed_in: SignIn) -> None:
    factories.graded(factories.repository(student, run), "1")
    assert "My points 1 of 14 5 more to the automat, which begins at 6." in text(signed_in(student).get("/2023/"))


def test_what_no_push_can_improve_names_no_penalty(run: Run, student: User, signed_in: SignIn) -> None:
    factories.graded(factories.repository(student, run), "0.85")
    row = text(signed_in(student).get("/2023/")).partition("Homework")[2].partition("Weight initialisation")[0]
    assert "30 January, 23:59 graded 0.85" in row


def test_what_may_be_handed_in_at_any_time_is_offered_too(student: User, signed_in: SignIn) -> None:
    page = text(signed_in(student).get("/2023/"))
    assert "No deadline yet: Computer vision , Natural language processing , The backward pass." in page


def test_between_what_the_grade_will_be(run: Run, student: User, signed_in: SignIn) -> None:
    factories.graded(factories.repository(student, run), "1")
    page = text(signed_in(student).get("/2023/"))
    assert "With nothing more handed in the grade will be between 0.7 and 3.7. It depends on: Exam." in page


def test_with_the_automat_no_exam_decides(run: Run, student: User, signed_in: SignIn) -> None:
    for slug, points in (("cv", "4"), ("nlp", "2")):
        factories.graded(factories.repository(student, run, slug), points, most="4")
    assert "It depends on:" not in text(signed_in(student).get("/2023/"))


def test_news_come_after_what_is_due_and_never_flood_the_page(
    run: Run, student: User, instructor: User, signed_in: SignIn
) -> None:
    for days in range(1, 7):
        grant = adjustments.Grant(("activations",), None, days, "Flu")
        adjustments.extend(run=run, students=[student], grant=grant, by=instructor)
    page = text(signed_in(student).get("/2023/"))
    assert page.index("What is due") < page.index("My points") < page.index("your deadline is extended")
    assert page.count("your deadline is extended") == 4
    assert "All 6 pieces of news" in page
