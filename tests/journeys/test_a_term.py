"""The weeks of a term, walked in a browser against a real server: a student, an assistant and an instructor.

From the request form to an extension that is taken back, in both languages, on a wide screen and on a phone.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect, sync_playwright
from tests.journeys.browser import Browser
from tests.journeys.conftest import Begun
from tests.journeys.server import COURSE, LATE_RUN, Server, eventually
from tests.journeys.student import ASSIGNMENT, PASSWORD, SOLUTION, Clone, slowed
from tests.web.browsing import CHROMIUM, QUIET, overflow

from kafedra.course import Localized, dump_run, load_course, rebase_run

pytestmark = pytest.mark.timeout(180)
RUN = "term"
PAGE = f"/{RUN}/assignments/{ASSIGNMENT.slug}/"
SECONDS = 90_000  # how long anything may take on a busy machine, ms
# Slow by itself, so that somebody who looks sees it being graded.


@dataclass(frozen=True)
class Words:
    """What pages say in one language."""

    asked: str
    running: str
    late: str
    taken_off: str
    published: str
    question: str
    in_time: str
    back: str


WORDS = {
    "ru": Words(
        asked="Спасибо! Ссылка придёт по почте.",
        running="проверяется",
        late="0,9 из 1",
        taken_off="0,72 из 1",
        published="Опубликовано: студент уже может прочитать.",
        question="вопрос студента",
        in_time="0,8 из 1",
        back="0,72 из 1",
    ),
    "en": Words(
        asked="Thank you! The link will come by e-mail.",
        running="being graded",
        late="0.9 of 1",
        taken_off="0.72 of 1",
        published="Published: the student can read it now.",
        question="question from the student",
        in_time="0.8 of 1",
        back="0.72 of 1",
    ),
}


@pytest.fixture(scope="module")
def term(begun: Begun, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a run whose first deadline was yesterday: what is handed in today loses a tenth."""
    server = Server(tmp_path_factory.mktemp("term"), begun=begun(COURSE), KAFEDRA_RUN=RUN)
    model, today = load_course(server.course).runs[LATE_RUN], datetime.now(UTC).astimezone(load_course(COURSE).timezone)
    run = rebase_run(
        model, slug=RUN, title=Localized(ru="Семестр", en="Term"), anchor=date(2023, 1, 31), today=today.date()
    )
    (server.data / "runs" / f"{RUN}.toml").write_text(dump_run(run), encoding="utf-8")
    server.start()
    yield server
    assert server.stop() in (0, -15)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield running
        running.close()


Person = Callable[[], Page]


@pytest.fixture
def person(chromium: Chromium, term: Server, language: str, width: int) -> Iterator[Person]:
    """A browser window of somebody's own. What it complains of fails the test."""
    contexts, complaints = [], list[str]()

    def opened() -> Page:
        viewport = {"width": width, "height": 850}
        context = chromium.new_context(viewport=viewport, base_url=term.base_url, locale=language)
        context.set_default_timeout(SECONDS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize(("language", "width"), [("ru", 1280), ("en", 390)])
def test_a_term(term: Server, person: Person, tmp_path: Path, language: str, width: int) -> None:
    expect.set_options(timeout=SECONDS)
    words, login = WORDS[language], f"anna-{language}"
    instructor = signed_in(person(), hired(term, "instructor", language))
    assistant = signed_in(person(), hired(term, "assistant", language))

    student = person()
    asks_to_be_let_in(student, f"{login}@example.org", words)
    is_let_in(instructor, f"{login}@example.org")
    opens_the_letter(term, student, login)

    clone = accepts_and_clones(term, student, login, tmp_path / "clone")
    pushes_and_watches(student, clone, words)

    reviews_by_keyboard(assistant, words)
    reads_and_replies(student, words)
    assistant.goto(f"/{RUN}/reviews/?scope=mine")
    expect(assistant.locator(".review-queue")).to_contain_text(words.question)

    extends_the_deadline(instructor, login)
    expect_points(student, words.in_time)
    instructor.locator(".table.given").first.locator("tr", has_text="Anna").locator("button").first.click()
    expect(instructor.locator("tr.undone", has_text="Anna").first).to_be_visible()
    expect_points(student, words.back)
    for page in (student, assistant, instructor):
        assert page.locator("html").get_attribute("lang") == language
        assert overflow(page) == 0


def hired(term: Server, role: str, language: str) -> str:
    """An account of the staff, by an invitation link; returns the login."""
    login = f"{role}-{language}"
    browser = Browser(term.base_url, language)
    browser.submit(term.invite(role, RUN), username=login, display_name=login.capitalize(), password=PASSWORD)
    return login


def signed_in(page: Page, login: str) -> Page:
    page.goto("/sign-in/")
    page.locator("#id_username").fill(login)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button.primary").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return page


def asks_to_be_let_in(page: Page, email: str, words: Words) -> None:
    page.goto(f"/join/{RUN}/")
    page.locator("#id_name").fill("Anna Akhmatova")
    page.locator("#id_group").fill("231")
    page.locator("#id_email").fill(email)
    page.locator("main button.primary").click()
    expect(page.get_by_role("status")).to_have_text(words.asked)


def is_let_in(instructor: Page, email: str) -> None:
    instructor.goto(f"/{RUN}/people/")
    instructor.locator(".requests li", has_text=email).locator("form[action$='/approve/'] button").click()
    expect(instructor.locator(".notice.success")).to_contain_text(email)


def opens_the_letter(term: Server, page: Page, login: str) -> None:
    """The link in the letter leads to an account, and into the run."""
    eventually(lambda: _link_to(term, login) != "")
    page.goto(_link_to(term, login))
    page.locator("#id_username").fill(login)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form.stack button.primary").click()
    page.wait_for_url(f"**/{RUN}/")


def _link_to(term: Server, login: str) -> str:
    """The invitation in the letter to `login`; empty while there is none."""
    for file in sorted((term.data / "letters").glob("*.eml")):
        letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        link = re.search(r"https?://\S+/invite/[\w-]+/", letter.get_content())
        if link and login in str(letter["To"]):
            return link[0]
    return ""


def accepts_and_clones(term: Server, page: Page, login: str, folder: Path) -> Clone:
    page.goto(PAGE)
    given = page.locator("#work .once code").first

    def accepted() -> bool:
        """A server that has just started may still be looking at the assignment, and says so."""
        page.locator("#work button.primary").click()
        given.or_(page.locator("#work [role=alert]")).first.wait_for()
        return given.count() > 0

    eventually(accepted, 250)
    token = given.inner_text().strip()
    place = term.base_url.removeprefix("http://")
    address = f"http://{login}:{token}@{place}/git/{RUN}/{ASSIGNMENT.slug}/{login}.git"
    done = Clone(folder.parent).git("clone", "--quiet", address, str(folder))
    assert done.code == 0, done.text
    return Clone(folder)


def pushes_and_watches(page: Page, clone: Clone, words: Words) -> None:
    """A real push; the page shows that it is being graded, and then the verdict, by itself."""
    clone.solve(slowed(SOLUTION))
    with clone.start("push") as push:
        state = page.locator("#work .work-head .state")
        eventually(lambda: page.reload() is not None and "accepted" not in str(state.get_attribute("class")))
        expect(state).to_have_text(words.running)
        expect(page.locator("#work .big")).to_have_text(words.late)
        try:
            terminal, _nothing = push.communicate(timeout=200)
        except subprocess.TimeoutExpired:
            push.kill()
            raise
    assert push.returncode == 0, terminal
    assert f"/{RUN}/submissions/" in terminal


def reviews_by_keyboard(page: Page, words: Words) -> None:
    page.goto(f"/{RUN}/reviews/?scope=free")
    page.locator("main .tools button.primary").click()
    cell = page.locator("[data-cell]:focus", has_text="class MyReLU")
    page.wait_for_load_state()  # the keys are there once the script has run
    for _cell in range(40):
        page.keyboard.press("j")
        if cell.count():
            break
    expect(cell).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.type("Why is it so slow? $O(n)$")
    page.keyboard.press("Tab")
    page.keyboard.type("0.2")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#total .big")).to_have_text(words.taken_off)
    page.keyboard.press("Shift+P")
    page.keyboard.press("Shift+P")
    expect(page.locator(".notice.success")).to_have_text(words.published)


def reads_and_replies(page: Page, words: Words) -> None:
    page.reload()
    expect(page.locator("#work .big")).to_have_text(words.taken_off)
    page.locator("#work .history a").first.click()
    comment = page.locator(".published-comment")
    expect(comment).to_contain_text("Why is it so slow?")
    expect(comment.locator("math")).to_be_visible()
    comment.locator("summary").click()
    comment.locator("textarea").fill("It sleeps, to be seen.")
    comment.locator("form button").click()
    expect(page.locator(".messages")).to_contain_text("It sleeps, to be seen.")


def extends_the_deadline(page: Page, login: str) -> None:
    page.goto(f"/{RUN}/adjustments/?assignment={ASSIGNMENT.slug}")
    form = page.locator("#extend form")
    form.locator("[data-narrows]").fill(login.upper())
    form.locator("#pick-students label:visible").click()
    form.locator(f"[name=assignments][value={ASSIGNMENT.slug}]").check()
    form.locator("[name=days]").fill("3")
    form.locator("[name=reason]").fill("flu")
    form.locator("button.primary").click()
    expect(page.locator("main")).to_contain_text("Anna Akhmatova")
    page.locator("button[name=confirm]").click()
    expect(page.locator(".table.given").first).to_contain_text("flu")


def expect_points(page: Page, points: str) -> None:
    page.goto(PAGE)
    expect(page.locator("#work .big")).to_have_text(points)
