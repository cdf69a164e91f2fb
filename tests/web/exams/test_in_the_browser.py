"""From the bank to the marks that a student reads and asks about: an instructor at a desk, a student on a phone."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect
from tests.web import factories
from tests.web.browsing import Enter, overflow

from kafedra.web.exams.scanning.services import read_on
from kafedra.web.exams.services import seating, setting
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def fits_and_is_accessible(page: Page) -> None:
    assert overflow(page) == 0
    found = Axe().run(page, options={"runOnly": LEVELS}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.fixture
def two_markers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run's rule asks for two, who may differ by half a point."""
    known = course.current()
    rules = tuple(replace(one, markers=2, differ=Decimal("0.5")) for one in known.runs["2023"].exams)
    runs = {**known.runs, "2023": replace(known.runs["2023"], exams=rules)}
    monkeypatch.setattr(course, "current", lambda: replace(known, runs=runs))


def gives(page: Page, points: str, why: str) -> None:
    """The first part of the first question, by keyboard alone."""
    first = page.get_by_role("row").nth(1).get_by_role("textbox").first
    expect(first).to_have_value("")
    first.fill(points)
    first.press("Tab")
    page.keyboard.type(why)
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 mark is saved")).to_be_visible()


@pytest.mark.usefixtures("two_markers")
def test_from_the_bank_to_the_appeal(run: Run, student: User, instructor: User, assistant: User, enter: Enter) -> None:
    for slug in ("cv", "nlp"):  # an automat to take or to leave
        factories.graded(factories.repository(student, run, slug), "4", most="4")
    page = enter(instructor.username, "/2023/")
    page.get_by_role("link", name="Exam").click()
    page.get_by_label("Place").fill("405")
    page.get_by_label("Students choose until").fill("2023-02-10T12:00")
    page.get_by_role("button", name="Draw").click()
    expect(page.get_by_text("The paper is drawn")).to_be_visible()
    page.reload()  # without the words of what was done
    page.get_by_text("Variant 1:").first.click()
    fits_and_is_accessible(page)
    phone = enter(student.username, "/2023/exams/", width=390, theme="dark")
    phone.get_by_role("button", name="I take the automat").click()
    expect(phone.get_by_text("You have chosen the automat.").last).to_be_visible()
    fits_and_is_accessible(phone)
    phone.get_by_role("button", name="I sit the exam").click()
    expect(phone.get_by_text("You have chosen the exam.").last).to_be_visible()
    page.get_by_role("button", name="Hand out papers").click()
    expect(page.get_by_text("1 new paper")).to_be_visible()
    page.get_by_role("link", name="Mark the papers", exact=True).click()
    expect(page.get_by_role("heading", name="Question 1")).to_be_visible()
    fits_and_is_accessible(page)
    gives(page, "1", "the formula is there")
    expect(page.get_by_text("waits for the second marker")).to_be_visible()
    colleague = enter(assistant.username, page.url)
    expect(colleague.get_by_text("the formula is there")).to_have_count(0)
    gives(colleague, "0", "no proof")
    expect(colleague.get_by_text("waits for a decision")).to_be_visible()
    page.get_by_role("link", name="Exam").last.click()
    page.get_by_role("link", name="1 part waits for a decision").click()
    expect(page.get_by_text("no proof")).to_be_visible()
    fits_and_is_accessible(page)
    page.get_by_label("Points, of").fill("1")
    page.get_by_label("Reason").fill("the formula is all that was asked")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Decided.")).to_be_visible()
    page.get_by_role("link", name="Exam").last.click()
    page.get_by_role("link", name="Publish the marks").click()
    expect(page.get_by_role("heading", name="Publish the marks")).to_be_visible()
    fits_and_is_accessible(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("1 student is told")).to_be_visible()
    phone.reload()
    phone.get_by_role("link", name="See my paper, marked").click()
    expect(phone.get_by_text("the formula is all that was asked")).to_be_visible()
    phone.get_by_text("Look at it again").first.click()
    phone.get_by_label("What seems wrong?").first.fill("there is a proof on the other side")
    fits_and_is_accessible(phone)
    phone.get_by_role("button", name="Ask a teacher to look").first.click()
    expect(phone.get_by_text("waits for an answer")).to_be_visible()
    page.goto("/2023/inbox/?kind=exam")
    page.get_by_text("Answer", exact=True).first.click()
    page.get_by_label("Your answer").fill("there is, and it was counted")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_text("Nobody waits for an answer")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("there is, and it was counted")).to_be_visible()


def test_sheets_come_back_and_a_card_is_drawn(run: Run, student: User, instructor: User, enter: Enter) -> None:
    exam = setting.draw_up(run=run, mark="exam", seed=3, held=setting.Held(), by=instructor)
    seating.seat(exam=exam, by=instructor)
    sheet = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(sheet, "PNG")
    page = enter(instructor.username, f"/2023/exams/{exam.pk}/")
    page.get_by_role("link", name="Scanned sheets").click()
    files = page.get_by_label("Scans or photographs of the sheets")
    files.set_input_files([{"name": "one.png", "mimeType": "image/png", "buffer": sheet.getvalue()}])
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("1 file is here")).to_be_visible()
    read_on()
    page.get_by_role("link", name="All pages are read").click()
    expect(page.get_by_role("heading", name="To sort by hand")).to_be_visible()
    fits_and_is_accessible(page)
    page.get_by_label("Paper", exact=True).fill("1")
    page.get_by_label("Page", exact=True).select_option("2")
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_text("It is page 2 of paper 1 now")).to_be_visible()
    page.goto(f"/2023/exams/{exam.pk}/marking/?question=1")
    expect(page.get_by_role("img", name="Page 2 of paper 1")).to_be_visible()
    fits_and_is_accessible(page)
    narrow = enter(instructor.username, "/2023/exams/tickets/module-1/", width=390, theme="dark")
    narrow.get_by_label("Whose turn is it?").select_option(label="Анна Ахматова")
    narrow.get_by_role("button", name="Draw a card").click()
    expect(narrow.get_by_role("heading", name="— Анна Ахматова")).to_be_visible()
    fits_and_is_accessible(narrow)
    narrow.goto(f"/2023/exams/{exam.pk}/scans/")
    expect(narrow.get_by_role("heading", name="What is there")).to_be_visible()
    fits_and_is_accessible(narrow)
