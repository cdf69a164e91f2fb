"""A whole blitz in real browsers: the wall and two phones, which lose their connection, their page and their server."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.journeys.server import OPEN_RUN, Server
from tests.journeys.student import PASSWORD, Student
from tests.web import browsing
from tests.web.browsing import PATIENCE_MS

SMALL = True
pytestmark = pytest.mark.timeout(600)
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def contexts(server: Server) -> Iterator[list[BrowserContext]]:
    """The wall and two phones, each in a browser of its own."""
    with browsing.running() as chromium:
        wall = chromium.new_context(viewport={"width": 1280, "height": 720}, base_url=server.base_url, locale="en")
        phone = {"width": 390, "height": 844}
        phones = [chromium.new_context(viewport=phone, base_url=server.base_url, locale=tongue, has_touch=True)
                  for tongue in ("en", "ru")]  # fmt: skip
        for one in (wall, *phones):
            one.set_default_timeout(PATIENCE_MS)
        yield [wall, *phones]


def screen(page: Page, phase: str) -> None:
    """Waits until the page shows this, by itself."""
    expect(page.locator(f"[data-phase={phase}]")).to_be_visible()


def presses(wall: Page, move: str, phase: str) -> None:
    wall.locator(f"[data-moves] [value={move}]").click()
    screen(wall, phase)


def written(phone: Page) -> None:
    expect(phone.locator("[data-when=written]")).to_be_visible()


def test_a_whole_blitz_in_browsers(server: Server, contexts: list[BrowserContext]) -> None:
    complaints = list[str]()
    wall, anna, boris = (context.new_page() for context in contexts)
    for page in (wall, anna, boris):
        page.on("pageerror", lambda error: complaints.append(str(error)))
    teacher = Student(server, "osip", role="instructor")
    wall.goto("/sign-in/")
    wall.get_by_label("Login").fill(teacher.login)
    wall.get_by_label("Password").fill(PASSWORD)
    wall.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    wall.wait_for_url(lambda address: "/sign-in/" not in address)
    wall.goto(f"/{OPEN_RUN}/blitz/")
    wall.locator("form[action$='/blitz/start/'] button").first.click()
    screen(wall, "lobby")
    join = wall.locator(".lobby-address a").get_attribute("href") or ""
    for phone in (anna, boris):
        phone.goto(join)
        if phone is boris:
            phone.locator("[name=name]").fill("<i>Boris</i>")
        phone.locator("main button.primary").click()  # one tap: a name is made up
        screen(phone, "lobby")
    expect(wall.locator(".chip")).to_have_count(2)
    expect(wall.locator(".chip").first).to_have_text(anna.locator(".seat").inner_text())
    expect(wall.locator(".chip").last).to_have_text("<i>Boris</i>")

    presses(wall, "ask", "asking")
    screen(anna, "asking")
    screen(boris, "asking")
    for page in (wall, anna):
        expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^\d:\d\d$"))
    anna.locator("button.tap").nth(0).click()
    written(anna)
    expect(wall.locator("[data-answered]")).to_have_text("1")
    contexts[2].set_offline(True)
    boris.locator("button.tap").nth(1).click()
    expect(boris.locator("[data-when=sending]")).to_be_visible()
    contexts[2].set_offline(False)
    written(boris)
    boris.reload()
    expect(boris.locator("button.tap").nth(1)).to_have_attribute("aria-pressed", "true")
    again = contexts[1].new_page()
    again.goto(join)
    expect(again.locator("button.tap").nth(0)).to_have_attribute("aria-pressed", "true")
    again.locator("button.tap").nth(1).click()
    written(again)
    expect(anna.locator("button.tap").nth(1)).to_have_attribute("aria-pressed", "true")
    again.close()
    expect(wall.locator("[data-answered]")).to_have_text("2")

    server.stop(signal.SIGKILL)
    anna.locator("button.tap").nth(0).click()
    server.start()
    written(anna)
    presses(wall, "close", "closed")
    screen(anna, "closed")
    presses(wall, "discuss", "discussing")
    screen(boris, "discussing")
    presses(wall, "again", "asking")
    for phone in (anna, boris):
        screen(phone, "asking")
        phone.locator("button.tap").nth(2).click()
        written(phone)
    expect(wall.locator("[data-answered]")).to_have_text("2")
    presses(wall, "show", "shown")
    expect(wall.locator("[data-vote]")).to_have_count(2)
    assert wall.locator("[data-vote='1'] [data-count]").all_text_contents().count("1") == 2
    screen(anna, "shown")
    expect(anna.locator(".verdict-word")).to_be_visible()
    presses(wall, "undo", "asking")
    screen(anna, "asking")
    presses(wall, "show", "shown")
    presses(wall, "finish", "over")
    screen(boris, "over")
    wall.locator("a[href$='/results/']").click()
    expect(wall.get_by_text("2 участника")).to_be_visible()  # the language of the account
    assert complaints == []
