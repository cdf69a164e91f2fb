"""A submission to review, and a reviewer's hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, Page
from tests.web.conftest import SignIn
from tests.web.reviews import works
from tests.web.reviews.browsing import signs_in
from tests.web.test_browser import Enter, browser  # noqa: F401  # a fixture

from kafedra.web.classroom.models import Run, Submission
from kafedra.web.people.models import User
from kafedra.web.reviews.models import Review


@pytest.fixture
def submission(run: Run, student: User) -> Submission:
    """Anna's solved notebook, worth 1 point of 1."""
    return works.handed_in(works.work(student, run))


@dataclass
class Reviewer:
    """Does through HTTP what a reviewer does on the desk."""

    client: Client
    submission: Submission
    page: str = ""

    @property
    def desk(self) -> str:
        return f"/2023/reviews/{self.submission.pk}/"

    def seen(self) -> int:
        review = Review.objects.filter(submission=self.submission).first()
        return review.revision if review else 0

    def comment(self, text: str, cell: int = 3, taken_off: str = "", uid: UUID | None = None, **more: object) -> UUID:
        uid = uid or uuid4()
        assert self.saving(text, cell, taken_off, uid, **more).status_code == 200
        return uid

    def saving(self, text: str, cell: int, taken_off: str, uid: UUID, **more: object) -> HttpResponse:
        data = {"text": text, "cell": cell, "taken_off": taken_off, "seen": self.seen(), "page": self.page, **more}
        return self.client.post(f"{self.desk}comments/{uid}/", data, headers={"hx-request": "true"})

    def publish(self, seen: int | None = None) -> HttpResponse:
        return self.client.post(f"{self.desk}publish/", {"seen": self.seen() if seen is None else seen}, follow=True)


@pytest.fixture
def reviewer(assistant: User, submission: Submission, signed_in: SignIn) -> Reviewer:
    """Vera, an assistant, at the desk with Anna's notebook."""
    return Reviewer(signed_in(assistant), submission)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains of; a test that provokes complaints clears them."""
    return []


@pytest.fixture
def enter(browser: Browser, live_server, settings, complaints: list[str]) -> Iterator[Enter]:  # noqa: F811  # type: ignore[no-untyped-def]
    """`enter(login, path)` signs in and opens a page; a complaint of the browser's fails the test."""
    settings.BASE_URL = live_server.url
    contexts = []

    def opened(login: str, path: str, width: int = 1280, theme: str = "light") -> Page:
        viewport = {"width": width, "height": 850}
        context = browser.new_context(viewport=viewport, base_url=live_server.url, locale="en-GB", color_scheme=theme)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/sign-in/")
        signs_in(page, login)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
