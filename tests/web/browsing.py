"""A real browser, and what a person does in it on any page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.web import factories

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"  # the same engine for half the work
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run")  # fmt: skip
PATIENCE_MS = 90_000  # how long anything may take on a busy machine
Enter = Callable[..., Page]


@contextmanager
def running() -> Iterator[Browser]:
    """Debian's Chromium, until the block ends."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread of the tests
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


def signs_in(page: Page, login: str) -> None:
    """Through the form of the page that is open."""
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen; one that is still on its way is waited for."""
    page.wait_for_load_state()
    wider = "body => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.locator("body").evaluate(wider))
