"""News on the page and by letter, each of which can be switched off."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core import mail
from django.test import Client, TestCase
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import source, text

from kafedra.web.adjustments import news
from kafedra.web.adjustments import services as adjustments
from kafedra.web.notices.kinds import known_news
from kafedra.web.notices.models import Notice
from kafedra.web.notices.selectors import ON_ONE_PAGE
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run

GRANT = adjustments.Grant(("activations",), None, 3, "грипп")


@pytest.fixture
def student(student: User) -> User:
    student.email = "anna@example.org"
    student.save()
    return student


@pytest.fixture
def page(student: User, signed_in: SignIn) -> Client:
    return signed_in(student)


def extend(run: Run, student: User, instructor: User, grant: adjustments.Grant = GRANT) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        adjustments.extend(run=run, students=[student], grant=grant, by=instructor)


def choose(page: Client, *switched_on: str) -> None:
    page.post("/account/notices/", dict.fromkeys(switched_on, "on"))


def test_news_are_on_the_home_until_they_are_read(page: Client, run: Run, student: User, instructor: User) -> None:
    extend(run, student, instructor)
    assert "“Activation functions”: your deadline is extended until 2 February, 23:59. грипп · just now" in text(
        page.get("/2023/")
    )
    assert '<span class="count">1</span>' in source(page.get("/2023/"))
    page.post("/news/")
    assert "your deadline is extended" not in text(page.get("/2023/"))
    assert "your deadline is extended" in text(page.get("/news/"))


def test_a_piece_of_news_is_read_once_it_is_opened(page: Client, run: Run, student: User, instructor: User) -> None:
    extend(run, student, instructor)
    extend(run, student, instructor, replace(GRANT, days=5))
    first, second = Notice.objects.order_by("pk")
    assert f'name="notice" value="{first.pk}"' in source(page.get("/2023/"))
    assert page.post("/news/", {"notice": first.pk})["Location"] == first.path
    assert list(Notice.objects.filter(seen_at=None)) == [second]
    assert f'<a href="{first.path}">' in source(page.get("/news/"))


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 30])
def test_news_that_are_not_mine_cannot_be_opened(
    page: Client, run: Run, student: User, other_student: User, instructor: User, number: str
) -> None:
    extend(run, other_student, instructor)
    theirs = Notice.objects.get()
    assert page.post("/news/", {"notice": number}).status_code == 404
    assert page.post("/news/", {"notice": theirs.pk}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.seen_at is None


@pytest.mark.parametrize("on", [(), ("deadline-page",), ("deadline-mail",), ("deadline-page", "deadline-mail")])
def test_each_way_can_be_switched_off(
    page: Client, run: Run, student: User, instructor: User, on: tuple[str, ...]
) -> None:
    choose(page, *on)
    extend(run, student, instructor)
    assert Notice.objects.count() == ("deadline-page" in on)
    assert len(mail.outbox) == ("deadline-mail" in on)


def test_verdicts_are_told_only_to_those_who_ask(page: Client, run: Run, student: User) -> None:
    repository = factories.repository(student, run)
    factories.graded(repository)
    assert not Notice.objects.exists()
    choose(page, "verdict-page")
    submission = factories.graded(repository, at=factories.NOW)
    assert Notice.objects.get().path == f"/2023/submissions/{submission.pk}/"


def test_the_switches_show_what_was_chosen(page: Client) -> None:
    choose(page, "review-mail")
    source = page.get("/account/notices/").content.decode()
    assert source.count(" checked>") == 1


def test_every_kind_has_its_sentence_in_both_languages(run: Run) -> None:
    from django.utils import translation

    facts = {"run": "2023", "assignment": "activations", "deadline": factories.NOW.isoformat()}
    facts |= {"points": "1", "before": "1", "after": "2", "topic": "1", "forms": "5", "address": "bot.example.org"}
    facts |= {"name": "exam", "mark": "8"}
    facts |= {"ruling": "warning", "question": "3", "part": "3b"}
    for language in ("ru", "en"):
        with translation.override(language):
            told = {one.sentence(facts) for one in known_news().values()}
        assert len(told) == len(known_news())
    assert "gone" in known_news()["review"].sentence({"run": "2023", "assignment": "gone"})


def test_a_hostile_reason_stays_text_and_adds_no_header(
    page: Client, run: Run, student: User, instructor: User
) -> None:
    grant = adjustments.Grant(("activations",), None, 3, "x\nBcc: evil@example.org\n<script>alert(1)</script>")
    with TestCase.captureOnCommitCallbacks(execute=True):
        adjustments.extend(run=run, students=[student], grant=grant, by=instructor)
    assert mail.outbox[0].recipients() == ["anna@example.org"]
    assert "<script>alert" not in source(page.get("/2023/"))


def test_older_news_are_on_the_next_page(page: Client, student: User) -> None:
    later = factories.NOW.isoformat()
    for number in range(ON_ONE_PAGE + 1):
        facts = {"run": "2023", "assignment": "activations", "why": f"reason {number}", "deadline": later}
        Notice.objects.create(user=student, news=news.EXTENDED.name, path="/2023/", facts=facts)
    first = page.get("/news/")
    assert "reason 1 " in text(first)
    assert "reason 0 " not in text(first)
    assert 'href="?page=2"' in first.content.decode()
    assert "reason 0 " in text(page.get("/news/?page=2"))


def test_nobody_reads_another_ones_news(
    page: Client, run: Run, student: User, other_student: User, instructor: User, signed_in: SignIn
) -> None:
    extend(run, student, instructor)
    assert "extended" not in text(signed_in(other_student).get("/news/"))


def test_without_an_address_nothing_is_sent(run: Run, other_student: User, instructor: User) -> None:
    extend(run, other_student, instructor)
    assert mail.outbox == []
