"""The site in a browser: contents that follow, the key that searches; as files, searched without a server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.course.topic_files import SEMINAR
from tests.web.browsing import PATIENCE_MS, Enter, overflow
from tests.web.materials.conftest import Teach
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
