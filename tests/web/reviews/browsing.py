"""What a person does in a browser on the pages of reviews."""

from __future__ import annotations

import re

from playwright.sync_api import Page

SAVES = re.compile(r".*/comments/.*")


def comment(page: Page, cell: int, text: str) -> None:
    page.locator(f"#cell-{cell} [data-comment-on]").click()
    page.keyboard.type(text)
