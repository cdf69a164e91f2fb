"""An exam from the bank to published marks: drawn, printed, marked by two, published once, seen by whose it is."""

from __future__ import annotations

import base64
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.exam.bank import bank_of
from kafedra.materials import pictures as drawing
from kafedra.web import clock
from kafedra.web.exams import pictures, printing
from kafedra.web.exams.given import Given
from kafedra.web.exams.models import Appeal, Exam, Mark, Paper
from kafedra.web.exams.scale import Scale
from kafedra.web.exams.services import marking, seating, setting
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.standings.selectors import standing_for


@pytest.fixture
def exam(run: Run, instructor: User, student: User, other_student: User) -> Exam:
    """Drawn, and everybody has a paper."""
    tomorrow = clock.now() + timedelta(days=1)
    found = setting.draw_up(
        run=run, mark="exam", seed=3, held=setting.Held(choose_until=tomorrow, place="405"), by=instructor
    )
    seating.seat(exam=found, by=instructor)
    return found


@pytest.fixture
def staff(assistant: User, signed_in: SignIn) -> Client:
    return signed_in(assistant)


@pytest.fixture
def decides(instructor: User, signed_in: SignIn) -> Client:
    return signed_in(instructor)


def own(exam: Exam, student: User) -> Paper:
    return exam.papers.get(student=student)


def cell(paper: Paper, place: int = 0, part: int = 0) -> str:
    return f"m{paper.pk}-{place}-{part}"


def whole(exam: Exam, student: User, by: User, share: str = "1") -> None:
    """Every part earns this share of its points, in hundredths."""
    paper = own(exam, student)
    given = [
        Given(paper, place, part, round(one.points * Decimal(share), 2), "")
        for place, question in enumerate(exam.questions.variant(paper.variant))
        for part, one in enumerate(question.parts)
    ]
    assert marking.mark(exam=exam, given=given, by=by)[1] == []


def total(student: User, run: Run) -> Fraction | None:
    return standing_for(student, run).standing.grade.components["exam"]


def test_drawn_by_the_rule_changed_by_hand_and_never_after_a_mark(
    run: Run, decides: Client, instructor: User, student: User
) -> None:
    assert "Draw a paper" in text(decides.get("/2023/exams/"))
    made = decides.post("/2023/exams/create/", {"mark": "exam", "seed": "5", "place": "405"}, follow=True)
    exam = Exam.objects.get()
    assert "The paper is drawn" in text(made)
    page = made.content.decode()
    assert "<math" in page
    asked = exam.questions
    assert (asked.variants, list(asked.problems())) == (2, [])
    place = next(n for n in range(len(asked.rows)) if f'name="place" value="{n}"' in page)
    start = page.index(f'name="place" value="{place}"')
    slug = page[page.index('<option value="', start) + len('<option value="') :].split('"')[0]
    variant = page[page.index('name="variant" value="', start) + len('name="variant" value="') :].split('"')[0]
    address = f"/2023/exams/{exam.pk}/"
    decides.post(f"{address}replace/", {"place": place, "variant": variant, "slug": slug})
    exam.refresh_from_db()
    assert exam.questions.rows[place][int(variant)].slug == slug
    refused = decides.post(f"{address}replace/", {"place": place, "variant": variant, "slug": "no-such"})
    assert (refused.status_code, "no such question" in text(refused)) == (422, True)
    decides.post(f"{address}papers/")
    marking.mark(exam=exam, given=[Given(own(exam, student), 0, 0, Decimal(0), "")], by=instructor)
    late = decides.post(f"{address}redraw/", {"seed": "9"})
    assert "There are marks already" in text(late)
    exam.refresh_from_db()
    assert exam.seed == 5


def test_papers_keep_their_numbers_and_are_printed_though_the_first_print_is_killed(
    exam: Exam, decides: Client, run: Run, student: User, other_student: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dict(exam.papers.values_list("student", "number"))
    newcomer = factories.person("yulia", "Юлия Ёлкина", run=run)
    answer = decides.post(f"/2023/exams/{exam.pk}/papers/", {f"seat-{own(exam, student).pk}": "А-7"}, follow=True)
    assert "1 new paper" in text(answer)
    after = dict(exam.papers.values_list("student", "number"))
    assert after == {**before, newcomer.pk: 3}
    assert own(exam, student).seat == "А-7"
    address = f"/2023/exams/{exam.pk}/papers.pdf"
    with monkeypatch.context() as killed:
        killed.setattr(printing, "_PROGRAM", "import os; os.kill(os.getpid(), 9)")
        broken = decides.get(address)
    assert (broken.status_code, "Nothing is lost: ask for it again" in text(broken)) == (422, True)
    printed = decides.get(address)
    assert (printed["Content-Type"], printed.content[:4]) == ("application/pdf", b"%PDF")
    assert decides.get(f"/2023/exams/{exam.pk}/other.pdf").status_code == 404


def test_a_question_shows_the_picture_of_its_topic_on_the_page_and_on_paper(
    exam: Exam, decides: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = next(one for one in bank_of(course.current()).values() if "](pictures/" in one.text)
    exam.asked = [[shown.as_data()] * 2, *exam.asked[1:]]
    exam.save()
    address = f"/2023/exams/{exam.pk}/"
    with monkeypatch.context() as drawn:
        drawn.setattr(pictures, "picture", lambda _topic, _store, named, *, dark: f"<svg>{named} {dark}</svg>".encode())
        page = decides.get(address).content.decode()
    for theme, dark in (("on-light", False), ("on-dark", True)):
        found = re.search(rf'class="{theme}" src="data:image/svg\+xml;base64,([^"]+)"', page)
        assert found is not None
        assert re.fullmatch(rf"<svg>pictures/\w+\.svg {dark}</svg>", base64.b64decode(found[1]).decode())
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    for found_there, status in (({"inception.light": svg}, 200), ({}, 422)):
        monkeypatch.setattr(drawing, "draw_pictures", lambda _topic, _store, found=found_there: found)
        answer = decides.get(f"{address}papers.pdf")
        assert answer.status_code == status
    assert "question cnn-vgg-inception: the picture pictures/inception.svg can't be printed" in text(answer)


def test_two_markers_on_one_part_lose_nothing(exam: Exam, staff: Client, decides: Client, student: User) -> None:
    name, address = cell(own(exam, student)), f"/2023/exams/{exam.pk}/marking/?question=1"
    first = decides.post(address, {name: "0,5", f"{name}-why": "только формула", f"{name}-seen": "0"}, follow=True)
    assert "1 mark is saved" in text(first)
    assert 'option value="только формула"' in first.content.decode(), "the bank of reasons grows"
    late = staff.post(address, {name: "1", f"{name}-seen": "0"})
    assert late.status_code == 409
    assert "has given 0.5 meanwhile" in text(late)
    assert f'name="{name}" value="1"' in late.content.decode(), "what was typed is still there"
    assert Mark.objects.get().points == Decimal("0.5")
    again = staff.post(address, {name: "1", f"{name}-seen": "1"}, follow=True)
    assert "1 mark is saved" in text(again)
    assert (Mark.objects.get().points, Mark.objects.get().version) == (Decimal(1), 2)


@pytest.mark.parametrize(
    ("typed", "told"), [("9", "worth"), ("-1", "two decimals"), ("x", "a number"), ("NaN", "a number")]
)
def test_what_is_no_mark_is_said_beside_it_and_the_others_are_saved(
    exam: Exam, staff: Client, student: User, other_student: User, typed: str, told: str
) -> None:
    wrong, right = cell(own(exam, student)), cell(own(exam, other_student))
    answer = staff.post(f"/2023/exams/{exam.pk}/marking/?question=1", {wrong: typed, right: "1"})
    assert answer.status_code == 422
    assert told in text(answer)
    assert [mark.paper for mark in Mark.objects.all()] == [own(exam, other_student)]


def test_by_question_no_names_are_seen(exam: Exam, staff: Client, student: User) -> None:
    page = staff.get(f"/2023/exams/{exam.pk}/marking/?question=1")
    assert "Ахматова" not in page.content.decode()
    for odd in ("?question=99", "?question=x", "?paper=77"):
        assert staff.get(f"/2023/exams/{exam.pk}/marking/{odd}").status_code == 404


def test_a_class_is_marked_page_by_page_and_a_number_is_never_given_twice(
    exam: Exam, staff: Client, run: Run, instructor: User, other_student: User
) -> None:
    for _ in range(39):
        factories.person(run=run)
    seating.seat(exam=exam, by=instructor)
    first, second = (staff.get(f"/2023/exams/{exam.pk}/marking/?question=1&page={page}") for page in (1, 2))
    assert (first.content.decode().count('href="?paper='), second.content.decode().count('href="?paper=')) == (40, 1)
    assert staff.get(f"/2023/exams/{exam.pk}/marking/?question=1&page=3").status_code == 404
    last = exam.papers.order_by("-number").first()
    assert last is not None
    seating.choose(exam=exam, student=last.student, sits=False)
    factories.person(run=run)
    seating.seat(exam=exam, by=instructor)
    assert sorted(exam.papers.values_list("number", flat=True)) == [*range(1, 41), 42]


def test_marks_come_as_a_table_whole_or_not_at_all(
    exam: Exam, staff: Client, student: User, other_student: User
) -> None:
    address, number = f"/2023/exams/{exam.pk}/import/", own(exam, student).number
    broken = f"paper,question,part,points\n{number},1,1,1\n{number},1,77,1\n"
    assert "Line 3" in text(staff.post(address, {"table": broken}, follow=True))
    assert not Mark.objects.exists()
    table = f"paper;question;part;points;reason\n{number};1;1;0,5;мало\n{own(exam, other_student).number};1;1;1;\n"
    assert "2 marks are saved" in text(staff.post(address, {"table": table}, follow=True))
    assert sorted(Mark.objects.values_list("points", "reason")) == [(Decimal("0.5"), "мало"), (Decimal(1), "")]
    assert "first line" in text(staff.post(address, {"table": "a,b\n1,2"}, follow=True))


def test_nothing_is_seen_before_it_is_published_and_twice_is_once(
    exam: Exam, decides: Client, signed_in: SignIn, run: Run, instructor: User, student: User, other_student: User
) -> None:
    whole(exam, student, instructor, "0.5")
    page, address = signed_in(student), f"/2023/exams/{exam.pk}/"
    assert total(student, run) is None
    assert page.get(f"{address}result/").status_code == 404
    preview = text(decides.get(f"{address}publish/"))
    assert "have no mark yet" in preview
    decides.post(f"{address}publish/")
    decides.post(f"{address}publish/")
    assert total(student, run) == 5
    assert total(other_student, run) is None, "whoever has no mark did not come"
    assert text(page.get("/news/")).count("your mark is 5") == 1
    result = page.get(f"{address}result/")
    assert "Model answer" in text(result)
    assert "<math" in result.content.decode()
    assert signed_in(other_student).get(f"{address}result/").status_code == 200, "what was asked, without a mark"


def test_the_course_page_tells_an_exam_to_come_from_one_that_is_over(
    exam: Exam, student: User, signed_in: SignIn
) -> None:
    exam.at = clock.now() + timedelta(hours=2)
    exam.save()
    page = text(signed_in(student).get("/2023/"))
    assert "choose until" in page
    assert "it is over" not in page
    exam.at = clock.now() - timedelta(hours=2)
    exam.save()
    assert "it is over, the marks follow" in text(signed_in(student).get("/2023/"))


@pytest.mark.django_db(transaction=True)
def test_killed_while_it_publishes_it_has_published_nothing_and_publishes_again(
    exam: Exam, signed_in: SignIn, run: Run, student: User, other_student: User, instructor: User
) -> None:
    for one in (student, other_student):
        whole(exam, one, instructor)
    connection.close()  # no process inherits it
    child = os.fork()
    if not child:
        marking.record = lambda **_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]  # after all else
        marking.publish(exam=exam, by=instructor)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    page = signed_in(student)
    assert page.get(f"/2023/exams/{exam.pk}/result/").status_code == 404
    assert (total(student, run), "The exam is marked" in text(page.get("/news/"))) == (None, False)
    assert marking.publish(exam=Exam.objects.get(), by=instructor) == 2
    assert (total(student, run), "your mark is 10" in text(page.get("/news/"))) == (10, True)


def test_a_published_mark_changes_with_a_reason_that_the_student_reads(
    exam: Exam, staff: Client, signed_in: SignIn, run: Run, instructor: User, student: User
) -> None:
    whole(exam, student, instructor)
    marking.publish(exam=exam, by=instructor)
    assert total(student, run) == 10
    name, address = cell(own(exam, student)), f"/2023/exams/{exam.pk}/marking/?question=1"
    assert staff.post(address, {name: "0", f"{name}-seen": "1"}).status_code == 422
    assert total(student, run) == 10
    staff.post(address, {name: "0", f"{name}-seen": "1", "why": "не тот вывод"})
    now = total(student, run)
    assert now is not None
    assert now < 10
    assert "marked anew: question 1" in text(signed_in(student).get("/news/"))


def test_exam_or_automat_is_chosen_in_time_with_ones_own_numbers(
    exam: Exam, signed_in: SignIn, run: Run, student: User, instructor: User
) -> None:
    page, address = signed_in(student), f"/2023/exams/{exam.pk}/choose/"
    assert "You have no automat yet" in text(page.get("/2023/exams/"))
    assert "no automat to take" in text(page.post(address, {"sits": "no"}, follow=True))
    for slug, points in (("cv", "4"), ("nlp", "4"), ("activations", "1")):
        factories.graded(factories.repository(student, run, slug), points, most=points)
    shown = text(page.get("/2023/exams/"))
    assert "Without the exam your grade is" in shown
    assert "The exam makes it better from a mark of" in shown or "No mark of the exam" in shown
    assert "You have chosen the automat" in text(page.post(address, {"sits": "no"}, follow=True))
    assert not exam.papers.filter(student=student).exists()
    seating.seat(exam=exam, by=instructor)
    assert not exam.papers.filter(student=student).exists(), "nobody prints a paper for who doesn't come"
    assert "You have chosen the exam" in text(page.post(address, {"sits": "yes"}, follow=True))
    Exam.objects.update(choose_until=clock.now() - timedelta(minutes=1))
    assert "time to choose is over" in text(page.post(address, {"sits": "no"}, follow=True))


@pytest.mark.parametrize(
    ("points", "full", "places", "mark"),
    [("15", "21", 2, "7.14"), ("1", "8", 2, "1.25"), ("1", "16", 2, "0.63"), ("30", "21", 2, "10"), ("5", "0", 2, "0")],
)
def test_points_become_the_mark_exactly(points: str, full: str, places: int, mark: str) -> None:
    assert Scale(Decimal(10), Decimal(full), places).mark(Decimal(points)) == Decimal(mark)


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as found:
        yield found


def test_queries_do_not_depend_on_the_number_of_students(
    exam: Exam, decides: Client, run: Run, instructor: User, student: User
) -> None:
    addresses = [f"/2023/exams/{exam.pk}/{tail}" for tail in ("", "marking/?question=1", "publish/")]
    whole(exam, student, instructor)
    for address in addresses:
        decides.get(address)

    def queries() -> list[int]:
        found = []
        for address in addresses:
            with counted() as seen:
                assert decides.get(address).status_code == 200
            found.append(len(seen))
        return found

    few = queries()
    for _ in range(8):
        whole_class = factories.person(run=run)
        seating.seat(exam=exam, by=instructor)
        whole(exam, whole_class, instructor)
    assert queries() == few


def test_an_appeal_about_a_part_is_answered_where_all_requests_are(
    exam: Exam, staff: Client, signed_in: SignIn, instructor: User, student: User
) -> None:
    page, address = signed_in(student), f"/2023/exams/{exam.pk}/"
    form = {"place": "0", "part": "0", "message": "Формула **есть**, во второй строке"}
    assert page.post(f"{address}appeal/", form).status_code == 404, "nothing is published yet"
    whole(exam, student, instructor, "0.5")
    marking.publish(exam=exam, by=instructor)
    assert "Say in a few words" in text(page.post(f"{address}appeal/", {**form, "part": "99"}, follow=True))
    assert "waits for an answer" in text(page.post(f"{address}appeal/", form, follow=True))
    assert "во второй строке" in text(staff.get("/2023/inbox/?kind=exam"))
    asked = Appeal.objects.get()
    staff.post(f"/2023/exams/appeals/{asked.pk}/answer/", {"answer": "Да, исправлено"})
    again = staff.post(f"/2023/exams/appeals/{asked.pk}/answer/", {"answer": "Нет"}, follow=True)
    assert "A colleague has answered already" in text(again)
    assert "Да, исправлено" in text(page.get(f"{address}result/"))
    assert "was answered" in text(page.get("/news/"))
