"""A student on a phone: half a form, a reload, the rest, the meme. What staff make of it: `test_a_week.py`."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.web.browsing import Enter, overflow, signs_in
from tests.web.surveys.answering import FORM

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('kafedra:feedback:')).length"


def fits_and_is_accessible(page: Page) -> None:
    assert overflow(page) == 0
    found = Axe().run(page, options={"runOnly": LEVELS}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_a_form_survives_a_reload_and_brings_a_meme(run: Run, student: User, enter: Enter) -> None:
    page = enter(student.username, "/2023/", width=390, theme="dark")
    page.get_by_role("region", name="Feedback is waited for").get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"{FORM}$"))
    fits_and_is_accessible(page)
    page.get_by_role("group", name="Is it clear what the topic is about?").get_by_label("4").check()
    page.get_by_label("What is still unclear?").fill("Why is dropout off at the exam?")
    page.reload()
    expect(page.get_by_label("What is still unclear?")).to_have_value("Why is dropout off at the exam?")
    expect(page.get_by_role("group", name="Is it clear what the topic is about?").get_by_label("4")).to_be_checked()
    page.get_by_role("button", name="Drop it into the box").click()
    meme = page.get_by_role("img", name="It’s dropout")
    expect(meme).to_be_visible()
    assert meme.evaluate("(img) => img.decode().then(() => img.naturalWidth)") > 0
    assert page.evaluate(DRAFTS) == 0
    fits_and_is_accessible(page)
    page.goto(FORM)
    assert "off at the exam" not in page.content()


def test_a_draft_is_left_neither_to_who_sits_down_next_nor_in_the_way_of_others(
    run: Run, student: User, assistant: User, enter: Enter
) -> None:
    page = enter(student.username, FORM)
    expect(page.get_by_label("What is still unclear?")).to_be_visible()
    page.evaluate("localStorage.setItem('kafedra:draft:desk:1', JSON.stringify({ text: 'a comment on its way' }))")
    page.evaluate("localStorage.setItem('kafedra:feedback:torn', '{')")
    page.get_by_label("What is still unclear?").fill("Everything, and the seminar bores me")
    page.reload()
    expect(page.get_by_label("What is still unclear?")).to_have_value("Everything, and the seminar bores me")
    assert page.evaluate(DRAFTS) == 1  # a torn one is nobody's, and hinders nobody
    assert "a comment on its way" in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in/"))
    assert "bores me" not in page.evaluate("JSON.stringify(localStorage)")
    page = enter(student.username, FORM)
    page.get_by_label("What is still unclear?").fill("Everything, and the seminar bores me")
    page.context.clear_cookies()  # the session ended by itself, and somebody else came
    page.goto("/sign-in/")
    signs_in(page, assistant.username)
    page.goto(FORM)
    expect(page.get_by_label("What is still unclear?")).to_have_value("")
    assert "bores me" not in page.evaluate("JSON.stringify(localStorage)")
