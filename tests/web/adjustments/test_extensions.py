"""Later deadlines and points set by hand: shown before they are applied, in force at once, undone with one click."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client, TestCase
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.adjustments.models import Extension, Override
from kafedra.web.people.members.services import belonging
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.standings.selectors import standing_for

ADDRESS = "/2023/adjustments/"
LATE = factories.NOW - timedelta(days=1)  # a started day after the deadline
FORM = {"students": ["anna"], "assignments": ["activations"], "days": "3", "reason": "грипп"}


@pytest.fixture
def page(instructor: User, signed_in: SignIn) -> Client:
    return signed_in(instructor)


def extend(page: Client, **changes: object):  # type: ignore[no-untyped-def]  # Django's test response
    batch = re.search(r'name="batch" value="([^"]+)"', page.get(ADDRESS).content.decode())
    assert batch
    follow = bool(changes.pop("follow", False))
    return page.post(f"{ADDRESS}extend/", FORM | {"batch": batch[1], "confirm": "yes"} | changes, follow=follow)


def points(student: User, run: Run) -> Decimal:
    return standing_for(student, run).standing.homework


def test_the_preview_says_who_gains_and_changes_nothing(
    page: Client, run: Run, student: User, other_student: User
) -> None:
    factories.graded(factories.repository(student, run), "1", LATE)
    shown = page.post(f"{ADDRESS}extend/", FORM | {"students": ["anna", "boris"], "batch": str(uuid4())})
    words = text(shown)
    assert "1 student gains. For 1 more nothing changes." in words
    assert "Анна Ахматова 0.9 1 +0.1 −5" in words
    assert not Extension.objects.exists()


def test_an_extension_counts_at_once_and_undoing_it_too(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run), "1", LATE)
    assert extend(page)["Location"] == ADDRESS
    assert points(student, run) == 1
    page.post(f"{ADDRESS}extensions/{Extension.objects.get().pk}/undo/")
    assert points(student, run) == Decimal("0.9")
    assert "undone by Осип Мандельштам" in text(page.get(ADDRESS))


def test_days_follow_the_courses_deadline_and_a_moment_stands(page: Client, run: Run, student: User) -> None:
    extend(page, days="", deadline="2023-02-05T23:59")
    own = standing_for(student, run).line("activations").deadline
    assert own is not None
    assert own.isoformat() == "2023-02-05T20:59:59+00:00"
    assert standing_for(student, run).line("weight-init").extended is False


def test_the_same_form_sent_twice_is_one_extension(page: Client, student: User) -> None:
    batch = str(uuid4())
    for _ in range(2):
        assert page.post(f"{ADDRESS}extend/", FORM | {"batch": batch, "confirm": "yes"}).status_code == 302
    assert Extension.objects.count() == 1


def test_a_group_gets_it_together_and_loses_it_together(
    page: Client, run: Run, student: User, other_student: User, instructor: User
) -> None:
    for one in (student, other_student):
        belonging.change_group(membership=one.memberships.get(), group="231", by=instructor)
    extend(page, students=[], group="231", assignments=["activations", "weight-init"])
    assert Extension.objects.count() == 4
    first = Extension.objects.first()
    assert first is not None
    page.post(f"{ADDRESS}extensions/{first.pk}/undo/", {"all": "yes"})
    assert not Extension.objects.filter(undone_at=None).exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"students": []}, "Choose students, or a group."),
        ({"days": ""}, "one of them"),
        ({"deadline": "2023-02-05T12:00"}, "one of them"),
        ({"days": "", "deadline": "2023-01-29T12:00"}, "can only give more time"),
        ({"assignments": ["cv"]}, "not one of the available choices"),
        ({"reason": " "}, "This field is required"),
        ({"students": ["vera"]}, "not one of the available choices"),
    ],
)
def test_what_makes_no_sense_is_said(
    page: Client, student: User, assistant: User, changes: dict[str, object], words: str
) -> None:
    response = extend(page, **changes)
    assert response.status_code == 422
    assert words in text(response)
    assert not Extension.objects.exists()


def test_the_student_sees_the_new_deadline_the_reason_and_gets_a_letter(
    page: Client, run: Run, student: User, signed_in: SignIn
) -> None:
    User.objects.filter(pk=student.pk).update(email="anna@example.org", language="ru")
    with TestCase.captureOnCommitCallbacks(execute=True):
        extend(page)
    mine = signed_in(User.objects.get(pk=student.pk))
    assert "продлён для вас" in text(mine.get("/2023/assignments/activations/"))
    assert "грипп" in text(mine.get("/account/record/"))
    (letter,) = mail.outbox
    subject = " ".join(letter.subject.split())
    assert subject == "Глубинное обучение: «Функции активации»: ваш срок продлён до 2 февраля, 23:59"
    assert "Причина: грипп" in letter.body
    assert "http://127.0.0.1:8000/2023/assignments/activations/" in letter.body


def test_points_of_an_assignment_are_final(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run), "0.35", LATE)
    form = {"student": "anna", "assignment": "activations", "points": "0.75", "reason": "устный ответ"}
    preview = page.post(f"{ADDRESS}points/", form)
    assert "Анна Ахматова 0.315 0.75 +0.435" in text(preview)
    assert not Override.objects.exists()
    page.post(f"{ADDRESS}points/", form | {"confirm": "yes"})
    assert points(student, run) == Decimal("0.75")
    assert "0.75 by hand" in text(page.get("/2023/gradebook/"))
    page.post(f"{ADDRESS}points/{Override.objects.get().pk}/undo/")
    assert points(student, run) == Decimal("0.315")


def test_points_of_a_submission_stand_instead_of_the_judges(page: Client, run: Run, student: User) -> None:
    submission = factories.graded(factories.repository(student, run), "0.35", LATE)
    form = {"student": "anna", "assignment": "activations", "submission": str(submission.pk), "points": "0.5"}
    assert "Анна Ахматова 0.315 0.45" in text(page.post(f"{ADDRESS}points/", form | {"reason": "a test of ours"}))
    page.post(f"{ADDRESS}points/", form | {"reason": "a test of ours", "confirm": "yes"})
    assert points(student, run) == Decimal("0.45")
    words = text(page.get(f"/2023/submissions/{submission.pk}/"))
    assert "set by hand instead of the tests: a test of ours 0.5" in words
    assert "= 0.45" in words


@pytest.mark.parametrize(
    ("changes", "words"), [({"points": "1.5"}, "is worth 1"), ({"submission": "999999"}, "no such submission")]
)
def test_points_that_cannot_be_are_refused(page: Client, student: User, changes: dict[str, str], words: str) -> None:
    form = {"student": "anna", "assignment": "activations", "points": "1", "reason": "viva", "confirm": "yes"}
    response = page.post(f"{ADDRESS}points/", form | changes)
    assert response.status_code == 422
    assert words in text(response)


def test_with_a_comma_or_with_a_point(run: Run, student: User, instructor: User) -> None:
    page = Client(headers={"accept-language": "ru"})
    page.force_login(instructor)
    form = {"student": "anna", "assignment": "activations", "points": "0,5", "reason": "ответ", "confirm": "yes"}
    assert page.post(f"{ADDRESS}points/", form).status_code == 302
    assert points(student, run) == Decimal("0.5")


def test_a_shorter_extension_takes_no_time_away(page: Client, run: Run, student: User, signed_in: SignIn) -> None:
    factories.graded(factories.repository(student, run), "1", LATE)
    extend(page)
    preview = page.post(f"{ADDRESS}extend/", FORM | {"days": "1", "batch": str(uuid4())})
    assert "2 February, 23:59 stays: no later than what is there already" in text(preview)
    assert "Everybody has a later deadline already." in text(extend(page, days="1", follow=True))
    assert points(student, run) == 1
    assert text(signed_in(student).get("/news/")).count("your deadline is extended") == 1
    assert text(page.get(ADDRESS)).count("a later one counts") == 1


def test_the_preview_names_everybodys_new_moment(
    page: Client, run: Run, student: User, other_student: User, instructor: User
) -> None:
    extend(page, days="2")
    both = FORM | {"students": ["anna", "boris"], "days": "3", "batch": str(uuid4())}
    words = text(page.post(f"{ADDRESS}extend/", both))
    assert "1 February, 23:59 → 2 February, 23:59 Анна Ахматова" in words
    assert "30 January, 23:59 → 2 February, 23:59 Борис Пастернак" in words


def test_undoing_what_was_not_in_force_tells_nobody(page: Client, run: Run, student: User, signed_in: SignIn) -> None:
    extend(page, days="5")
    extend(page, days="1")
    shorter, longer = (Extension.objects.get(days=days) for days in (1, 5))
    page.post(f"{ADDRESS}extensions/{shorter.pk}/undo/")
    assert "undone" not in text(signed_in(student).get("/news/"))
    page.post(f"{ADDRESS}extensions/{longer.pk}/undo/")
    told = text(signed_in(student).get("/news/"))
    assert "the extension was undone, your deadline is 30 January, 23:59" in told


def test_a_year_that_is_a_slip_is_asked_about(page: Client, student: User) -> None:
    response = extend(page, days="", deadline="9999-12-31T23:59")
    assert response.status_code == 422
    assert "is the year right?" in text(response)


def test_new_points_replace_the_old_and_undoing_them_lets_the_tests_decide(
    page: Client, run: Run, student: User, signed_in: SignIn
) -> None:
    factories.graded(factories.repository(student, run), "0.35", LATE)
    form = {"student": "anna", "assignment": "activations", "points": "0.3", "reason": "viva", "confirm": "yes"}
    page.post(f"{ADDRESS}points/", form)
    assert "replaces 0.3: viva" in text(page.post(f"{ADDRESS}points/", form | {"points": "0.9", "confirm": ""}))
    page.post(f"{ADDRESS}points/", form | {"points": "0.9"})
    assert "your points were set by hand: 0.9." in text(signed_in(student).get("/news/"))
    record = text(page.get("/2023/record/"))
    assert "points: 0.3 → 0.9" in record, record
    assert "replaced by newer ones" in text(page.get(ADDRESS))
    page.post(f"{ADDRESS}points/{Override.objects.get(undone_at=None).pk}/undo/")
    assert points(student, run) == Decimal("0.315")


def test_the_same_points_sent_twice_are_set_once(page: Client, run: Run, student: User) -> None:
    form = {"student": "anna", "assignment": "activations", "points": "0.7", "reason": "viva", "confirm": "yes"}
    for _ in range(2):
        assert page.post(f"{ADDRESS}points/", form).status_code == 302
    assert Override.objects.count() == 1


@pytest.mark.parametrize("points", ["0,25", "0.25"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_comma_is_as_good_as_a_point_in_both_languages(
    run: Run, student: User, instructor: User, points: str, language: str
) -> None:
    page = Client(headers={"accept-language": language})
    page.force_login(instructor)
    (field,) = re.findall(r'<input[^>]* name="points"[^>]*>', page.get(ADDRESS).content.decode())
    assert 'type="text"' in field, "a field of numbers refuses one of the two before it is sent"
    form = {"student": "anna", "assignment": "activations", "points": points, "reason": "viva", "confirm": "yes"}
    assert page.post(f"{ADDRESS}points/", form).status_code == 302
    assert Override.objects.get().points == Decimal("0.25")


def test_no_two_fields_of_the_page_have_one_name(page: Client, student: User) -> None:
    ids = re.findall(r' id="([^"]+)"', page.get(ADDRESS).content.decode())
    assert len(ids) == len(set(ids))
