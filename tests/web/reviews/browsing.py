"""What a person does in a browser on the pages of reviews."""

from __future__ import annotations

import re

from playwright.sync_api import Page
from tests.web import factories

SAVES = re.compile(r".*/comments/.*")


def signs_in(page: Page, login: str) -> None:
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def comment(page: Page, cell: int, text: str) -> None:
    page.locator(f"#cell-{cell} [data-comment-on]").click()
    page.keyboard.type(text)
