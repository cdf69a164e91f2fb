"""What instructors see of the letters of their run."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.outbox.letters import put
from tests.web.post_office import PostOffice
from tests.web.reading import text

from kafedra.web.notices.letters_page import ON_ONE_PAGE
from kafedra.web.outbox.delivery import Deliverer
from kafedra.web.outbox.models import Letter
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run


def test_staff_see_neither_texts_nor_letters_of_other_runs(
    run: Run, client: Client, student: User, instructor: User, signed_in: SignIn, office: PostOffice
) -> None:
    other = Run.objects.create(slug="2022")
    stranger = factories.person("stranger", run=other)
    client.post("/sign-in/link/", {"email": "anna@example.org"})
    put("stranger@example.org", user=stranger)
    foreign = put("foreign@example.org", run=other)
    link = re.search(r"/sign-in/link/\S+", Letter.objects.get(user=student).text)
    assert link
    page = signed_in(instructor)
    source = page.get("/2023/letters/").content.decode()
    assert "anna@example.org" in source
    assert link[0] not in source
    assert "stranger@example.org" not in source
    assert "foreign@example.org" not in source
    assert page.post(f"/2023/letters/{foreign.pk}/again/").status_code == 404


def test_a_letter_that_did_not_fail_is_not_sent_again(run: Run, instructor: User, signed_in: SignIn) -> None:
    letter = put(run=run)
    Deliverer().deliver()
    signed_in(instructor).post(f"/2023/letters/{letter.pk}/again/")
    assert Deliverer().deliver() == 0
    assert len(mail.outbox) == 1


def test_the_list_asks_as_many_queries_for_many_letters_as_for_one(
    run: Run, student: User, instructor: User, signed_in: SignIn, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]  # pytest-django's wrapper
    page = signed_in(instructor)
    put(user=student, run=run)
    page.get("/2023/letters/")
    with CaptureQueriesContext(connection) as one:
        page.get("/2023/letters/")
    for _ in range(30):
        put(user=student, run=run)
    with django_assert_num_queries(len(one)):
        page.get("/2023/letters/")


@pytest.mark.parametrize("words", ["Семёнов", "семенов", "semenov", "s@example", "семёнов s@"])
def test_whether_somebody_got_a_letter_can_be_looked_up(
    run: Run, instructor: User, signed_in: SignIn, words: str
) -> None:
    person = factories.person("semenov", "Илья Семёнов", run=run)
    put("s@example.org", user=person, run=run)
    put("other@example.org", run=run)
    shown = text(signed_in(instructor).get("/2023/letters/", {"q": words}))
    assert "s@example.org" in shown
    assert "other@example.org" not in shown


def test_letters_to_somebody_without_an_account_are_found_by_address(
    run: Run, instructor: User, signed_in: SignIn
) -> None:
    put("new@example.org", run=run)
    page = signed_in(instructor)
    assert "new@example.org" in text(page.get("/2023/letters/", {"q": "NEW@"}))
    assert "No such letter." in text(page.get("/2023/letters/", {"q": "nobody"}))


def test_letters_are_found_by_what_became_of_them(
    run: Run, instructor: User, signed_in: SignIn, office: PostOffice
) -> None:
    office.refused["gone@example.org"] = "550 no such user"
    put("gone@example.org", run=run)
    put("anna@example.org", run=run)
    with office.opened():
        Deliverer().deliver()
    put("waits@example.org", run=run)
    page = signed_in(instructor)
    for state, address in (("failed", "gone@"), ("sent", "anna@"), ("waiting", "waits@"), ("", "gone@")):
        shown = page.get("/2023/letters/", {"state": state}).content.decode()
        assert address in shown
        assert shown.count("<tr>") == (2 if state else 4)


def test_many_letters_are_counted_and_have_pages_that_keep_the_filter(
    run: Run, student: User, instructor: User, signed_in: SignIn
) -> None:
    put("first@example.org", run=run)
    for _ in range(ON_ONE_PAGE):
        put(user=student, run=run)
    page = signed_in(instructor)
    first = page.get("/2023/letters/")
    assert f"{ON_ONE_PAGE + 1} letters · showing 1–{ON_ONE_PAGE}" in text(first)
    assert "first@example.org" not in text(first)
    assert 'href="?q=&amp;state=&amp;page=2"' in first.content.decode()
    assert "first@example.org" in text(page.get("/2023/letters/?q=&state=&page=2"))
    filtered = page.get("/2023/letters/", {"q": "anna", "state": "waiting"})
    assert f"{ON_ONE_PAGE} letters" in text(filtered)
    assert "showing" not in text(filtered)
