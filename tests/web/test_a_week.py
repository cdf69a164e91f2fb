"""A whole week in a browser: in Russian on a phone, in English on a wide screen, and once more without a script.

What answers the scripts of phones in a blitz is `kafedra serve`, which isn't here: phones have none in this blitz, and
`journeys/test_blitz.py` plays one with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect
from tests.web.browsing import PATIENCE_MS, overflow
from tests.web.questions.asked import drawn
from tests.web.surveys.answering import FORM, MIDNIGHT, RESULTS, at, everybody_answers, open_boxes, students

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
TOPIC, NEXT_TOPIC = "/2023/topics/optimization/", "/2023/topics/cnn/"  # its class was yesterday; the next is on Sunday
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
THUMB = 44  # pixels: what WCAG 2.5.5 and Apple ask of what is tapped
TITLE, ANSWER = "Зачем Adam поправка на смещение?", "Первые средние начинаются с нуля, и шаги были бы малы."
SAID, DONE = "Овраг нарисован слишком быстро", "Шаги в овраге теперь по одному"
Open = Callable[..., "Seen"]


@dataclass(frozen=True)
class Screen:
    """What somebody looks at the course with."""

    language: str
    width: int
    theme: str
    scripts: bool = True


@dataclass(frozen=True)
class Seen:
    """A page, of which every state that is looked at fits and speaks the reader's language."""

    page: Page
    screen: Screen

    def looks(self, *, closely: bool = False) -> None:
        """`closely`: by axe, where no other test does."""
        assert overflow(self.page) == 0, self.page.url
        assert self.page.locator("html").get_attribute("lang") == self.screen.language, self.page.url
        if closely and self.screen.scripts:
            found = Axe().run(self.page, options={"runOnly": LEVELS}).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], self.page.url

    def goes(self, address: str, *, closely: bool = False) -> Page:
        self.page.goto(address)
        self.looks(closely=closely)
        return self.page

    def clicks(self, place: str) -> None:
        self.page.locator(place).first.click()


def is_wrong(answer: Response) -> bool:
    """But for figures of chapters, which are drawn behind the pages, and not while tests run."""
    return answer.status >= 400 and "/pictures/" not in answer.url


def is_error(message: ConsoleMessage) -> bool:
    """But for what `is_wrong` looks at by itself."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")


@pytest.fixture(
    params=[Screen("ru", 390, "dark"), Screen("en", 1280, "light"), Screen("en", 390, "light", scripts=False)],
    ids=["Russian, phone", "English, wide", "no script"],
)
def screen(request: pytest.FixtureRequest) -> Screen:
    found: Screen = request.param
    return found


@pytest.fixture
def opens(screen: Screen, browser: Browser, live_server, settings, complaints: list[str]) -> Iterator[Open]:  # type: ignore[no-untyped-def]  # pytest-django's own objects
    """A browser of somebody's own; a guest's without an account."""
    settings.BASE_URL = live_server.url
    contexts = list[BrowserContext]()

    def opened(user: User | None, *, scripts: bool = screen.scripts) -> Seen:
        viewport = {"width": screen.width, "height": 850}
        context = browser.new_context(
            viewport=viewport, base_url=live_server.url, locale=screen.language, color_scheme=screen.theme,
            java_script_enabled=scripts,
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if user is not None:
            signed_in = Client()
            signed_in.force_login(user)
            session = {"name": "sessionid", "value": signed_in.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([session])
        page = context.new_page()
        page.on("response", lambda answer: complaints.append(answer.url) if is_wrong(answer) else None)
        page.on("console", lambda message: complaints.append(message.text) if is_error(message) else None)
        page.route(lambda address: address.endswith("/events"), lambda _route: None)  # the wall goes without, too
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return Seen(page, replace(screen, scripts=scripts))

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def test_a_week(run: Run, student: User, instructor: User, opens: Open) -> None:
    anna, osip = opens(student), opens(instructor)
    reads(anna)
    plays(osip, [opens(student, scripts=False), opens(None, scripts=False)], passer_by=opens(None))
    practises(anna)
    fills_in(anna)
    question = asks(anna)
    answers(osip)
    says_that_it_helped(anna, question)
    finds(anna, question)
    everybody_answers(students(run, 5))
    open_boxes()
    with at(MIDNIGHT):
        takes_up(osip)
        anna.goes(NEXT_TOPIC)
        expect(anna.page.locator(".you-said")).to_contain_text(SAID)
        expect(anna.page.locator(".you-said")).to_contain_text(DONE)


def reads(anna: Seen) -> None:
    anna.goes("/2023/topics/")
    anna.clicks(f".week a[href='{TOPIC}']")
    anna.clicks(".part h2 a[href$='/lecture/']")
    expect(anna.page.locator(".chapter h2").first).to_be_visible()
    anna.looks()
    anna.clicks("a[rel=next]")
    expect(anna.page.locator(".cell.code").first).to_be_visible()
    anna.looks()


def plays(osip: Seen, phones: list[Seen], passer_by: Seen) -> None:
    osip.goes(TOPIC)
    osip.clicks("form[action$='/blitz/start/'] button")
    shows(osip, "lobby")
    join = osip.page.locator(".lobby-address a").get_attribute("href") or ""
    passer_by.goes(join, closely=True)
    for phone in phones:
        phone.goes(join)
        phone.clicks("main button.primary")  # one tap, with an account or without one
        shows(phone, "lobby")
    presses(osip, "ask", "asking")
    for phone in phones:
        phone.page.reload()
        shows(phone, "asking")
        small = [
            box for one in phone.page.locator(".tap").all() if (box := one.bounding_box()) and box["height"] < THUMB
        ]
        assert small == []
        phone.clicks("button.tap")
        expect(phone.page.locator("[data-when=written]")).to_be_visible()
    presses(osip, "show", "shown")
    for phone in phones:
        phone.page.reload()
        expect(phone.page.locator(".verdict-word")).to_be_visible()
        phone.looks()
    presses(osip, "finish", "over")
    osip.clicks("a[href$='/results/']")
    expect(osip.page.locator("main")).to_contain_text("2 ")
    osip.looks(closely=True)


def shows(seen: Seen, phase: str) -> None:
    expect(seen.page.locator(f"[data-phase={phase}]:has([data-whole])")).to_be_visible()
    seen.looks()


def presses(osip: Seen, move: str, phase: str) -> None:
    osip.clicks(f"[data-moves] [value={move}]")
    shows(osip, phase)


def practises(anna: Seen) -> None:
    anna.goes(TOPIC)
    anna.clicks("#blitz form button")
    anna.clicks("button.tap")
    expect(anna.page.locator(".explained")).to_be_visible()
    anna.looks(closely=True)


def fills_in(anna: Seen) -> None:
    anna.goes("/2023/")
    anna.clicks(f"main a[href='{FORM}']")
    anna.page.locator("[name=scale-clear]").nth(3).check()
    anna.page.locator("[name=words-unclear]").fill("Откуда корень в знаменателе?")
    anna.looks()
    anna.clicks("form.survey button.primary")
    meme = anna.page.locator("figure.meme img")
    expect(meme).to_be_visible()
    assert meme.evaluate("img => img.decode().then(() => img.naturalWidth)") > 0
    anna.looks()


def asks(anna: Seen) -> str:
    anna.goes(TOPIC)
    anna.clicks("#questions .work-head a")
    anna.page.locator("#title").fill(TITLE)
    anna.page.locator("#text").fill("Без неё $m_1 = 0{,}1\\,g$. И что?")
    anna.clicks("#asking > .actions [name=send]")
    expect(anna.page.locator("article.question h1")).to_have_text(TITLE)
    expect(anna.page.locator("article.question math")).to_be_visible()
    anna.looks()
    return anna.page.url


def answers(osip: Seen) -> None:
    osip.goes("/2023/inbox/")
    osip.clicks(f".inbox-item h2 a:has-text('{TITLE}')")
    osip.page.locator("#answer").fill(ANSWER)
    osip.clicks("#answer-form .actions button.primary")
    expect(osip.page.locator(".answer.by-staff")).to_contain_text(ANSWER)
    osip.looks()


def says_that_it_helped(anna: Seen, question: str) -> None:
    anna.goes(question)
    anna.clicks(".answer form[action$='/helped/'] button")
    expect(anna.page.locator(".answer form[action$='/helped/'] [aria-pressed=true]")).to_be_visible()
    anna.looks()


def finds(anna: Seen, question: str) -> None:
    anna.goes("/2023/topics/")
    anna.page.locator("#site-search").fill("поправки начинались с нуля")  # a word of the question, one of the answer
    anna.page.locator("#site-search").press("Enter")
    expect(anna.page.locator(".found").first).to_be_visible()
    anna.looks(closely=True)
    anna.clicks(f".found a:has-text('{TITLE}')")
    anna.page.wait_for_url(question)


def takes_up(osip: Seen) -> None:
    osip.goes(RESULTS, closely=True)
    first = osip.page.locator("article.answer-words").first
    first.locator("details summary").click()
    first.locator("[name=said]").fill(SAID)
    first.locator("[name=done]").fill(DONE)
    first.locator("[value=answered]").click()
    expect(osip.page.locator("form.remark [name=said]")).to_have_value(SAID)
    osip.goes("/2023/feedback/", closely=True)
    osip.goes("/2023/memes/")
    cartoon = {"name": "ravine.png", "mimeType": "image/png", "buffer": drawn(Image.new("RGB", (32, 16), "orange"))}
    osip.page.locator("[name=picture]").set_input_files(cartoon)
    osip.page.locator("[name=alt]").fill("Оранжевый овраг")
    osip.clicks("form[enctype] button.primary")
    added = osip.page.get_by_alt_text("Оранжевый овраг")
    expect(added).to_be_visible()
    assert added.evaluate("img => img.decode().then(() => img.naturalWidth)") == 32
    osip.looks(closely=True)
