"""Whatever state a page of a blitz opens in, it reaches the present one by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, Route, expect
from tests.web.blitz.played import a_blitz, moved
from tests.web.browsing import Enter

from kafedra.web.blitz.steps import Move
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


class BadLine:
    """A network between page and server: the first answer of each kind that `spoil` names comes spoilt."""

    def __init__(self, page: Page, ending: str, **spoilt: str | int) -> None:
        self.times, self._spoilt = 0, spoilt
        page.route(lambda address: address.endswith(ending), self._answer)

    def _answer(self, route: Route, request: Request) -> None:
        self.times += 1
        if self.times > 1:
            route.continue_()
        elif "cut_at" in self._spoilt:
            whole = route.fetch()
            route.fulfill(response=whole, body=whole.text().split(str(self._spoilt["cut_at"]))[0])
        else:
            route.fulfill(status=int(self._spoilt["status"]), body="<h1>Bad Gateway</h1>", content_type="text/html")


def phase(page: Page, name: str) -> None:
    expect(page.locator(f"[data-phase={name}]:has([data-whole])")).to_be_visible()


def test_a_wall_comes_through_pages_cut_short_and_a_proxy_that_answers_for_the_server(
    run: Run, instructor: User, enter: Enter, complaints: list[str]
) -> None:
    blitz = a_blitz(run, instructor)
    page = enter(instructor.username, "/2023/blitz/")
    cut = BadLine(page, f"/blitz/{blitz.pk}/", cut_at='<div class="stage-foot">')
    moves = BadLine(page, f"/blitz/{blitz.pk}/step/", status=502)
    page.goto(f"/2023/blitz/{blitz.pk}/")
    page.locator("[data-moves] [value=ask]").click()
    phase(page, "asking")
    assert (cut.times, moves.times) == (1, 2)
    screens = BadLine(page, f"/blitz/{blitz.pk}/screen/", status=502)
    moved(blitz, Move.CLOSE)  # by a second wall
    phase(page, "closed")
    assert screens.times > 1
    assert page.locator("h1", has_text="Bad Gateway").count() == 0
    complaints.clear()  # the console names each answer that was spoilt


def test_a_phone_follows_where_a_proxy_keeps_the_stream_to_itself(
    run: Run, instructor: User, student: User, enter: Enter
) -> None:
    blitz = a_blitz(run, instructor)
    page = enter(student.username, f"/b/{blitz.code}/", width=390)
    page.route(lambda address: address.endswith("/events"), lambda _route: None)  # no word, no end
    page.locator("main button.primary").click()
    phase(page, "lobby")
    moved(blitz, Move.ASK)
    phase(page, "asking")
