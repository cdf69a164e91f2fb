"""Reminders of deadlines: in time, once, to those whom they concern, and never at night."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import TestCase
from django.utils import timezone, translation
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web import clock
from kafedra.web.adjustments import services as adjustments
from kafedra.web.adjustments.models import Extension
from kafedra.web.notices.models import Notice
from kafedra.web.people.models import User
from kafedra.web.reminders import due
from kafedra.web.reminders.models import Reminder
from kafedra.web.reminders.services import remind
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

MOSCOW = timedelta(hours=3)
# Homework 2 (dropout and optimization) is due on 7 February 2023 at 23:59:59 in Moscow.
EVENING = datetime(2023, 2, 6, 18, 0, 1, tzinfo=UTC) - MOSCOW


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with clock.shifted(moment - clock.now()):
        yield


def told(moment: datetime) -> int:
    with at(moment), TestCase.captureOnCommitCallbacks(execute=True):
        return remind()


@pytest.fixture(autouse=True)
def student(student: User) -> User:
    User.objects.filter(pk=student.pk).update(email="anna@example.org", language="en")
    student.refresh_from_db()
    return student


@pytest.mark.parametrize(
    ("deadline", "reminder"),
    [
        ("2023-02-07 23:59:59", "2023-02-06 18:00:00"),
        ("2023-02-07 18:00:00", "2023-02-06 18:00:00"),
        ("2023-02-07 17:59:00", "2023-02-05 18:00:00"),
        ("2023-02-07 08:00:00", "2023-02-05 18:00:00"),
    ],
)
def test_the_moment_is_an_evening_at_least_a_day_before(deadline: str, reminder: str) -> None:
    zone = course.current().timezone
    until, expected = (datetime.fromisoformat(one).replace(tzinfo=zone) for one in (deadline, reminder))
    assert due.moment(until, zone) == expected


def test_one_letter_names_everything_that_is_due_and_what_lateness_costs(run: Run, student: User) -> None:
    assert told(EVENING - timedelta(seconds=2)) == 0
    factories.graded(factories.repository(student, run, "dropout"), "0.6", factories.NOW)
    mail.outbox.clear()
    assert told(EVENING) == 1
    (letter,) = mail.outbox
    assert letter.subject == "Deep Learning: “Dropout”, “Optimisers”: due 7 February, 23:59"
    assert "“Dropout”: 0.6 of 1 so far. A day late it brings up to 0.9." in letter.body
    assert "“Optimisers”: nothing handed in yet. In time it brings up to 1, a day late up to 0.9." in letter.body
    assert "Every started day after the deadline costs 10 %, all together at most 30 %." in letter.body
    assert "http://127.0.0.1:8000/2023/" in letter.body


def test_it_comes_once(run: Run) -> None:
    assert [told(EVENING + timedelta(minutes=more)) for more in (0, 5, 60, 60 * 20)] == [1, 0, 0, 0]
    assert len(mail.outbox) == 1
    assert Notice.objects.count() == 1


def test_the_page_says_it_in_the_readers_language(run: Run, student: User, signed_in: SignIn) -> None:
    told(EVENING)
    assert "“Dropout”, “Optimisers”: due 7 February, 23:59." in text(signed_in(student).get("/2023/"))
    User.objects.filter(pk=student.pk).update(language="ru")
    assert "«Дропаут», «Оптимизаторы»: сдать до 7 февраля, 23:59." in text(signed_in(student).get("/2023/"))


def test_the_letter_speaks_russian_to_a_russian(run: Run, student: User) -> None:
    User.objects.filter(pk=student.pk).update(language="ru")
    told(EVENING)
    assert "посылок ещё нет" in mail.outbox[0].body
    assert "Других напоминаний об этом сроке не будет." in mail.outbox[0].body


@pytest.mark.parametrize("points", ["1", "0.9"])
def test_whoever_has_all_points_is_left_in_peace(run: Run, student: User, points: str) -> None:
    for slug in ("dropout", "optimization"):
        factories.graded(factories.repository(student, run, slug), points, factories.NOW)
    assert told(EVENING) == (points != "1")


def test_points_set_by_hand_need_no_reminder(run: Run, student: User, instructor: User) -> None:
    for slug in ("dropout", "optimization"):
        adjustments.set_points(
            run=run, student=student, assignment=slug, points=Decimal("0.5"), reason="viva", by=instructor
        )
    assert told(EVENING) == 0


def test_what_is_being_graded_is_waited_for(run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run, "dropout"), "1", factories.NOW)
    waits = factories.pushed(factories.repository(student, run, "optimization"), EVENING - timedelta(minutes=1))
    assert told(EVENING) == 0
    waits.delete()
    assert told(EVENING + timedelta(minutes=5)) == 1


def test_a_server_that_was_down_makes_up_for_it_by_day(run: Run) -> None:
    night, morning = EVENING + timedelta(hours=10), EVENING + timedelta(hours=15, minutes=30)
    assert (told(night), told(morning)) == (0, 1)


@pytest.mark.parametrize("hours", [27, 29.5, 31, 100])
def test_nothing_comes_when_it_can_only_frighten_or_is_too_late(run: Run, hours: float) -> None:
    assert told(EVENING + timedelta(hours=hours)) == 0


def test_an_extension_moves_the_reminder(run: Run, student: User, instructor: User, other_student: User) -> None:
    grant = adjustments.Grant(("dropout", "optimization"), None, 3, "flu")
    adjustments.extend(run=run, students=[student], grant=grant, by=instructor)
    assert told(EVENING) == 1
    assert set(Reminder.objects.values_list("user", flat=True)) == {other_student.pk}
    mail.outbox.clear()
    assert told(EVENING + timedelta(days=3)) == 1
    assert mail.outbox[0].to == ["anna@example.org"]
    assert "due 10 February, 23:59" in mail.outbox[0].subject


def test_an_extension_after_the_reminder_brings_one_of_the_new_deadline(
    run: Run, student: User, instructor: User
) -> None:
    assert told(EVENING) == 1
    adjustments.extend(
        run=run, students=[student], grant=adjustments.Grant(("dropout",), None, 7, "flu"), by=instructor
    )
    assert told(EVENING + timedelta(days=7)) == 1
    assert Reminder.objects.filter(user=student, assignment="dropout").count() == 2


def test_whoever_was_just_told_of_an_extension_is_not_told_twice(run: Run, student: User, instructor: User) -> None:
    with at(EVENING + timedelta(hours=20)):
        grant = adjustments.Grant(("dropout", "optimization"), clock.now() + timedelta(hours=20), None, "flu")
        adjustments.extend(run=run, students=[student], grant=grant, by=instructor)
    assert Extension.objects.count() == 2
    assert told(EVENING + timedelta(hours=20, minutes=5)) == 0


def test_staff_and_closed_accounts_are_not_reminded(run: Run, student: User, assistant: User) -> None:
    User.objects.filter(pk=student.pk).update(is_active=False)
    assert told(EVENING) == 0


@pytest.mark.parametrize("on", [(), ("reminder-page",), ("reminder-mail",)])
def test_each_way_can_be_switched_off(run: Run, student: User, signed_in: SignIn, on: tuple[str, ...]) -> None:
    signed_in(student).post("/account/notices/", dict.fromkeys(on, "on"))
    told(EVENING)
    assert Notice.objects.count() == ("reminder-page" in on)
    assert len(mail.outbox) == ("reminder-mail" in on)


def test_a_reminder_that_could_not_leave_before_the_deadline_does_not_leave_after_it(run: Run, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from kafedra.web.outbox import doorbell
    from kafedra.web.outbox.delivery import Deliverer
    from kafedra.web.outbox.models import Letter

    monkeypatch.setattr(doorbell, "ring", lambda: None)
    told(EVENING)
    with at(EVENING + timedelta(days=2)):
        Deliverer().deliver()
    assert Letter.objects.get().state == "expired"


def test_most_of_the_time_looking_costs_next_to_nothing(run: Run, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _ in range(20):
        factories.person(run=run)
    with django_assert_max_num_queries(3):
        remind()


def test_many_students_cost_no_more_queries_to_find_than_one(run: Run) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with at(EVENING), CaptureQueriesContext(connection) as found:
            list(due.due(run))
        return len(found)

    alone = queries()
    for _ in range(20):
        factories.person(run=run)
    assert queries() == alone


def test_sentences_use_the_time_of_the_course_wherever_they_are_told(run: Run) -> None:
    with timezone.override(UTC), translation.override("en"):
        told(EVENING)
    assert "23:59" in mail.outbox[0].subject
