"""Going to GitHub and back in a real browser, under the strict policy; the pages on the way, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.web import factories
from tests.web.browsing import PATIENCE_MS, overflow
from tests.web.people.identity_provider import IdentityProvider

from kafedra.web.outbox import services as outbox
from kafedra.web.people import services as people
from kafedra.web.people.models import Role, User
from kafedra.web.runs.models import Run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
Visit = Callable[..., Page]


@pytest.fixture
def idp() -> Iterator[IdentityProvider]:
    found = IdentityProvider()
    with found.opened():
        yield found


@pytest.fixture
def visit(browser: Browser, live_server, settings, idp: IdentityProvider) -> Iterator[Visit]:  # type: ignore[no-untyped-def]
    """`visit(path)` is somebody new in front of a browser; what it complains of, but for a refusal, fails the test."""
    settings.BASE_URL, settings.SIGN_IN_WITH = live_server.url, idp.settings("github", "google")
    contexts, complaints = [], []

    def opened(path: str, width: int = 1280, theme: str = "light", locale: str = "en-GB") -> Page:
        viewport = {"width": width, "height": 850}
        context = browser.new_context(viewport=viewport, base_url=live_server.url, locale=locale, color_scheme=theme)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [one for one in complaints if "Failed to load resource" not in one] == []


def test_from_the_invitation_by_way_of_github_into_the_course(visit: Visit, run: Run) -> None:
    page = visit(f"/invite/{people.invite(run=run, role=Role.STUDENT, created_by=None).token}/")
    page.get_by_role("button", name="Join with GitHub").click()
    expect(page.get_by_label("Login")).to_have_value("anna-a")
    page.get_by_role("button", name="Create an account and join").click()
    page.wait_for_url("**/2023/")
    again = visit("/sign-in/", 390)
    again.get_by_role("button", name="Sign in with GitHub").click()
    again.wait_for_url("**/2023/")
    assert User.objects.get().sign_ins.count() == 2


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_the_pages_are_accessible_and_fit(
    visit: Visit, run: Run, instructor: User, idp: IdentityProvider, width: int, theme: str
) -> None:
    letter = outbox.put(address="x" * 50 + "@example.org", subject="x" * 200, text="…", run=run)
    outbox.unreachable(error="ConnectionRefusedError: [Errno 111] " + "x" * 300)
    type(letter).objects.update(state="failed")
    outbox.put(address="b@example.org", subject="news", text="…", run=run, user=instructor)
    page = visit("/sign-in/", width, theme)
    check(page)
    page.get_by_role("button", name="Sign in with GitHub").click()
    expect(page.get_by_role("heading", name="No account yet")).to_be_visible()
    page.goto(page.url)
    expect(page.get_by_role("heading", name="GitHub did not sign you in")).to_be_visible()
    check(page)
    page.goto("/sign-in/?next=/2023/letters/")
    page.get_by_label("Login").fill("osip")
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/2023/letters/")
    expect(page.get_by_role("button", name="Send again")).to_be_visible()
    check(page)
    page.goto("/account/")
    expect(page.get_by_role("button", name="Connect").first).to_be_visible()
    check(page)


def check(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}})
    assert found.violations_count == 0, found.generate_report()
    assert overflow(page) == 0, page.url
