"""A case from opening to reversal, as the three people in it go through it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.web import factories
from tests.web.browsing import Enter, overflow
from tests.web.integrity import opened

from kafedra.web.integrity import evidence
from kafedra.web.integrity.evidence import Cited, Evidence
from kafedra.web.integrity.models import Case
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
TEXT = (
    "# %% [1]", "import torch", "", "# Источник: https://example.org/relu", "def forward(x):",
    "    rezultat = x.clone()", "    rezultat[x < 0] = 0", "    return rezultat",
)  # fmt: skip


def kept(_submission: Submission) -> Evidence:
    return Evidence(TEXT, (Cited(4, 8, "https://example.org/relu"),))


def looked_at(page: Page, name: str) -> list[str]:
    """What axe complains of on the page; and a picture of it for whoever wants to see it: `PICTURES=folder`."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    found = Axe().run(page, options={"runOnly": LEVELS}).response["violations"]
    return [f"{name}: {one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def test_from_opening_to_reversal(
    run: Run, student: User, other_student: User, assistant: User, instructor: User, enter: Enter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(evidence, "read", kept)
    wrong = list[str]()
    first, _second = (factories.graded(factories.repository(who, run), "0.8") for who in (student, other_student))

    page = enter("vera", f"/2023/submissions/{first.pk}/")
    page.get_by_role("link", name="Open an integrity case").click()
    page.get_by_label("The other work").select_option(index=1)
    page.get_by_label("What was seen").fill(opened.WORDS)
    wrong += looked_at(page, "open")
    page.get_by_role("button", name="Open the case").click()
    page.get_by_label("Lines on the left").fill("5-8")
    page.get_by_label("Lines on the right").fill("5-8")
    page.get_by_label("What is to be seen there").fill("Одно и то же необычное имя")
    page.get_by_role("button", name="Mark", exact=True).click()
    page.get_by_role("button", name="Remove the mark").wait_for()
    assert page.get_by_role("button", name="Ask the student").count() == 0, "that is for instructors"
    address = page.url

    deciding = enter("osip", address)
    side = deciding.get_by_role("region", name="Анна Ахматова").first
    side.get_by_role("button", name="Ask the student").click()
    deciding.get_by_text("by news and by a letter").wait_for()

    mine = enter("anna", "/2023/", width=390, theme="dark")
    wrong += looked_at(mine, "home-phone-dark")
    mine.get_by_role("region", name="A question about your work").get_by_role("link").click()
    mine.get_by_role("textbox", name="Your answer").fill("Я списала у себя самой")
    wrong += looked_at(mine, "own-phone-dark")
    assert overflow(mine) == 0
    mine.get_by_role("button", name="Answer", exact=True).click()
    mine.get_by_text("Your answer is kept").wait_for()

    deciding.goto("/2023/inbox/?kind=case")
    deciding.get_by_role("main").get_by_role("link", name="copied work").click()
    side = deciding.get_by_role("region", name="Анна Ахматова").first
    side.get_by_text("Decide", exact=True).click()
    side.get_by_label("All homework counts as zero").check()
    side.get_by_role("textbox", name="Reason").fill(opened.REASON)
    wrong += looked_at(deciding, "case-wide")
    side.get_by_role("button", name="See what it moves").click()
    wrong += looked_at(deciding, "preview")
    assert "−0.8" in deciding.get_by_role("main").inner_text()
    deciding.get_by_role("button", name="Decide so").click()
    deciding.get_by_text("Decided.").wait_for()
    deciding.set_viewport_size({"width": 390, "height": 850})
    wrong += looked_at(deciding, "case-phone")
    assert overflow(deciding) == 0
    deciding.set_viewport_size({"width": 1280, "height": 850})

    mine.goto("/2023/grades/")
    mine.get_by_text(opened.REASON).first.wait_for()
    wrong += looked_at(mine, "grades-phone-dark")
    assert overflow(mine) == 0
    deciding.goto("/2023/gradebook/")
    wrong += looked_at(deciding, "gradebook")
    deciding.get_by_role("main").get_by_role("link", name="case", exact=True).first.click()
    side = deciding.get_by_role("region", name="Анна Ахматова").first
    side.get_by_text("Take the decision back").click()
    side.get_by_role("textbox", name="Why it is taken back").fill("Ошиблись")
    side.get_by_role("button", name="See what it gives back").click()
    deciding.get_by_role("button", name="Take it back").click()
    deciding.get_by_text("everything counts as it did before").wait_for()

    mine.goto("/2023/grades/")
    assert opened.REASON not in mine.get_by_role("main").inner_text()
    assert Case.objects.get().both[0].decisions.count() == 1, "what was decided is kept"
    assert wrong == []
