"""From the bank to the marks that a student reads: an instructor at a desk, a student on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.web.browsing import Enter, overflow

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def fits_and_is_accessible(page: Page) -> None:
    assert overflow(page) == 0
    found = Axe().run(page, options={"runOnly": LEVELS}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_from_the_bank_to_the_marks(run: Run, student: User, instructor: User, enter: Enter) -> None:
    page = enter(instructor.username, "/2023/")
    page.get_by_role("link", name="Exam").click()
    page.get_by_label("Place").fill("405")
    page.get_by_role("button", name="Draw").click()
    expect(page.get_by_text("The paper is drawn")).to_be_visible()
    page.reload()  # without the words of what was done
    page.get_by_text("Variant 1:").first.click()
    fits_and_is_accessible(page)
    page.get_by_role("button", name="Hand out papers").click()
    expect(page.get_by_text("1 new paper")).to_be_visible()
    page.get_by_role("link", name="Mark", exact=True).click()
    expect(page.get_by_role("heading", name="Question 1")).to_be_visible()
    fits_and_is_accessible(page)
    first = page.get_by_role("row").nth(1).get_by_role("textbox").first
    first.fill("1")
    first.press("Tab")
    page.keyboard.type("the formula is there")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 mark is saved")).to_be_visible()
    page.get_by_role("link", name="Exam").last.click()
    page.get_by_role("link", name="Publish the marks").click()
    expect(page.get_by_role("heading", name="Publish the marks")).to_be_visible()
    fits_and_is_accessible(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("1 student is told")).to_be_visible()
    phone = enter(student.username, "/2023/exams/", width=390, theme="dark")
    phone.get_by_role("link", name="See my paper, marked").click()
    expect(phone.get_by_text("the formula is there")).to_be_visible()
    fits_and_is_accessible(phone)
