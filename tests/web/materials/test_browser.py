"""The site in a browser: contents that follow, the key that searches; as files, searched without a server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer
from tests.course.topic_files import SEMINAR
from tests.web.browsing import PATIENCE_MS, Enter, overflow
from tests.web.materials.conftest import RUN, Teach
from tests.web.test_accessibility import complaints as complaints_of
from tests.web.test_accessibility import visited

from kafedra.web.materials.exporting import export
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run

pytestmark = pytest.mark.timeout(300)
PARAGRAPH = "Слова, которых хватит на страницу. " * 60
LECTURE = f"# Глава\n\n## Почему граф\n\nПути складываются.\n\n{PARAGRAPH}\n\n## Алгоритм\n\n{PARAGRAPH}\n\n{PARAGRAPH}"


@pytest.mark.django_db(transaction=True)
def test_a_chapter_is_read_and_searched(run: Run, student: User, enter: Enter, teach: Teach) -> None:
    teach(lecture_md=LECTURE)
    page = enter(student.username, f"/{run.slug}/topics/backprop/lecture/")
    here = page.locator(".contents a[aria-current]")
    assert here.inner_text() == "Почему граф"
    page.locator("#algoritm").scroll_into_view_if_needed()
    page.mouse.wheel(0, 3000)
    page.locator('.contents a[aria-current][href="#algoritm"]').wait_for()
    page.keyboard.press("/")
    page.keyboard.type("складывать путь")
    page.keyboard.press("Enter")
    page.locator(".found a", has_text="Почему граф").click()
    page.wait_for_url("**/lecture/#pochemu-graf")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_nobody_is_shut_out(run: Run, student: User, enter: Enter, teach: Teach, width: int, theme: str) -> None:
    teach(lecture_md=LECTURE)
    page = enter(student.username, f"/{run.slug}/topics/", width, theme)
    paths = ("topics/", "topics/backprop/", "topics/backprop/lecture/", "topics/backprop/seminar/",
             "topics/backprop/harder/", "homework/", "reading/", "search/?q=граф")  # fmt: skip
    assert [said for path in paths for said in visited(page, f"/{run.slug}/{path}", width)] == []


ON_SCREEN_ALONE = (".bar nav", ".site-bar", ".neighbours", ".take", ".foot", ".cell > details")
FIGURES = '<div class="output"><img class="on-light" alt="ink"><img class="on-dark" alt="night"></div>'


@pytest.mark.django_db(transaction=True)
def test_a_seminar_is_printed_in_ink_whole_and_without_navigation(
    run: Run, student: User, enter: Enter, teach: Teach
) -> None:
    link = "[статья](https://example.org/article)"
    teach(seminar_py=SEMINAR + f'\n# %% [markdown]\n# {link}\n\n# %%\nlong = "{"слово " * 40}"\n', lecture_md=LECTURE)
    page = enter(student.username, f"/{run.slug}/topics/backprop/seminar/", 680, "dark")
    page.locator(".cell.code").last.evaluate(
        "(cell, figures) => cell.insertAdjacentHTML('beforeend', figures)", FIGURES
    )
    page.locator(".cell.code").last.evaluate(
        "cell => cell.insertAdjacentHTML('beforeend', '<details><summary>Code</summary><pre>1</pre></details>')"
    )
    assert [place for place in ON_SCREEN_ALONE if not page.locator(place).first.is_visible()] == []
    expect(page.get_by_alt_text("night")).to_be_attached()
    page.emulate_media(media="print", color_scheme="dark")
    assert [place for place in ON_SCREEN_ALONE if page.locator(place).first.is_visible()] == []
    shown = "image => getComputedStyle(image).display"
    assert [page.get_by_alt_text(name).evaluate(shown) for name in ("ink", "night")] == ["block", "none"]
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 34, 48)"
    cut = "blocks => blocks.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    assert page.locator(".statement pre").evaluate_all(cut) == []
    address = page.get_by_role("link", name="статья").evaluate("link => getComputedStyle(link, '::after').content")
    assert "attr(href)" in address or "https://example.org/article" in address


@pytest.mark.django_db(transaction=True)
def test_a_visitor_finds_a_blitz_and_practises_every_kind_of_question(
    run: Run, browser: Browser, live_server: LiveServer, teach: Teach, complaints: list[str]
) -> None:
    teach(run=RUN + "\n[site]\npublic = true\n")
    phone = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "locale": "en-GB"}
    with browser.new_context(base_url=live_server.url, **phone) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"/{run.slug}/search/?q=в+каком+порядке")
        page.locator(".found a").tap()
        answer, right = page.get_by_role("button", name="Answer"), page.locator(".verdict-word.right")
        for kind in ("single", "multiple", "numeric", "text", "order", "code"):
            if kind == "single":
                page.get_by_role("button", name=re.compile(r"^\w\s+2$")).tap()
            elif kind == "multiple":
                for name in ("a", "b"):
                    page.locator("label.tap", has=page.get_by_text(name, exact=True)).tap()
                answer.tap()
            elif kind == "order":
                page.get_by_role("button", name="· назад").tap()
                page.get_by_role("button", name="1 назад").press("Enter")  # it was too early, and by keyboard
                for line in ("вперёд", "назад", "шаг"):
                    page.get_by_role("button", name=f"· {line}").tap()
                page.get_by_role("button", name="3 шаг").wait_for()
                assert complaints_of(page) == []
                answer.press("Enter")
            else:
                page.locator("#given").fill({"numeric": "0,25", "text": "Zero_Grad", "code": "2"}[kind])
                answer.tap()
            right.wait_for()
            assert overflow(page) == 0
            page.locator("main a.button.tap").tap()
        page.get_by_role("heading", name="Right: 6 of 6").wait_for()
    assert complaints == []


def test_files_are_searched_without_a_server(browser: Browser, teach: Teach, tmp_path: Path) -> None:
    teach(lecture_md=LECTURE)
    export(["2023"], tmp_path / "out")
    context = browser.new_context(locale="ru-RU", viewport={"width": 390, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    page, asked, complaints = context.new_page(), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((tmp_path / "out/index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("складывались пут")  # a form that no text has, and a word half typed
    page.keyboard.press("Enter")
    page.locator(".found a", has_text="Почему граф").click()
    page.wait_for_url("**/lecture/index.html#pochemu-graf")
    assert overflow(page) == 0
    assert complaints == []
    assert all(address.startswith("file://") for address in asked)
    context.close()
