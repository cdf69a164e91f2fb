"""Webhooks from registering to switching off: signed, retried with growing pauses, seen on a page."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.reviews import works
from tests.web.webhooks.receiving import Receiver

from kafedra.web import clock
from kafedra.web.notices.models import Notice
from kafedra.web.notices.services import tell
from kafedra.web.outbox.models import Letter
from kafedra.web.people.members.services import belonging, leaving
from kafedra.web.people.models import Role, User
from kafedra.web.record.models import Entry
from kafedra.web.reminders.services import remind
from kafedra.web.reviews.services import publishing
from kafedra.web.runs.models import Run
from kafedra.web.submissions.news import VERDICT
from kafedra.web.webhooks import services
from kafedra.web.webhooks.courier import deliver
from kafedra.web.webhooks.models import Delivery, Event, Fate, Off, Webhook
from kafedra.web.webhooks.signing import signature

PAGE = "/account/webhooks/"


def registered(user: User, run: Run, bot: Receiver, *, everybody: bool = False) -> Webhook:
    return services.register(user=user, run=run, address=bot.address, events=list(Event), everybody=everybody)


def said(bot: Receiver) -> list[dict]:  # type: ignore[type-arg]  # JSON
    return [json.loads(body) for _headers, body in bot.came]


def test_a_verdict_reaches_a_registered_address_and_is_signed(
    run: Run, student: User, signed_in: SignIn, bot: Receiver
) -> None:
    page = signed_in(student)
    made = page.post(f"{PAGE}new/", {"address": bot.address, "run": "2023", "events": ["verdict"]})
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", made.content.decode().replace("&#x2B;", "+"))[0]
    assert secret not in page.get(PAGE).content.decode()
    submission = factories.graded(factories.repository(student, run), "0.85")
    assert deliver() == 1
    ((headers, body),) = bot.came
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 300
    told = json.loads(body)
    assert told["type"] == "verdict"
    assert told["data"]["submission"] == submission.pk
    assert told["data"]["student"] == {"login": "anna", "name": "Анна Ахматова"}
    assert (told["data"]["points"], told["data"]["max_points"]) == (0.85, 1)
    assert told["data"]["page"].endswith(f"/2023/submissions/{submission.pk}/")
    row = Webhook.objects.get()
    assert "arrived" in text(page.get(f"{PAGE}{row.pk}/"))
    assert secret not in str(list(Entry.objects.values()))
    assert deliver() == 0


def test_a_new_secret_signs_at_once_and_the_former_one_for_a_day_more(
    run: Run, student: User, signed_in: SignIn, bot: Receiver
) -> None:
    row, page = registered(student, run, bot), signed_in(student)
    former = row.secret
    answer = page.post(f"{PAGE}{row.pk}/secret/")
    row.refresh_from_db()
    assert row.secret != former
    assert row.secret in unescape(answer.content.decode())
    assert row.secret not in unescape(page.get(f"{PAGE}{row.pk}/").content.decode())
    assert former not in str(list(Entry.objects.values()))
    page.post(f"{PAGE}{row.pk}/test/")
    deliver()
    with clock.shifted(timedelta(hours=25)):
        page.post(f"{PAGE}{row.pk}/test/")
        deliver()
    for (headers, body), secrets in zip(bot.came, ([row.secret, former], [row.secret]), strict=True):
        told = headers["webhook-id"], int(headers["webhook-timestamp"]), body
        assert headers["webhook-signature"].split() == [signature(one, *told) for one in secrets]


def test_a_review_and_a_deadline_are_told_of_too(run: Run, student: User, instructor: User, bot: Receiver) -> None:
    registered(student, run, bot)
    evening = datetime(2023, 2, 6, 15, 0, 1, tzinfo=UTC)  # homework 2 is due a day later, at midnight in Moscow
    with clock.shifted(evening - clock.now()):
        assert remind() == 1
        deliver()
    first = works.handed_in(works.work(student, run), points="0.35")
    publishing.publish(submission=first, by=instructor, seen=0)
    deliver()
    found = {one["type"]: one["data"] for one in said(bot)}
    assert found["review.published"]["submission"] == first.pk
    assert [one["slug"] for one in found["deadline.near"]["assignments"]] == ["dropout", "optimization"]
    assert found["deadline.near"]["deadline"] == "2023-02-07T23:59:59+03:00"


def test_a_student_hears_of_their_own_a_teacher_of_everybody(
    run: Run, student: User, other_student: User, assistant: User, bot: Receiver
) -> None:
    registered(student, run, bot)
    registered(assistant, run, bot, everybody=True)
    factories.graded(factories.repository(other_student, run))
    deliver()
    assert [one["data"]["student"]["login"] for one in said(bot)] == ["boris"]
    factories.graded(factories.repository(student, run))
    deliver()
    assert [one["data"]["student"]["login"] for one in said(bot)] == ["boris", "anna", "anna"]


def test_a_student_cannot_ask_for_everybody(run: Run, student: User, signed_in: SignIn, bot: Receiver) -> None:
    sent = {"address": bot.address, "run": "2023", "events": ["verdict"], "everybody": "on"}
    signed_in(student).post(f"{PAGE}new/", sent)
    assert not Webhook.objects.filter(everybody=True).exists()


def test_what_fails_waits_longer_each_time_and_keeps_its_number(run: Run, student: User, bot: Receiver) -> None:
    registered(student, run, bot)
    bot.answers = [(500, {}), (302, {"Location": bot.address})]
    factories.graded(factories.repository(student, run))
    pauses = []
    for _ in range(2):
        moment = clock.now()
        assert deliver() == 0
        pauses.append((Delivery.objects.get().next_at - moment).total_seconds())
        Delivery.objects.update(next_at=moment)
    assert 25 < pauses[0] < 40 < 55 < pauses[1] < 70
    assert len(bot.came) == 2  # a redirect isn't followed
    assert deliver() == 1
    assert len({headers["webhook-id"] for headers, _body in bot.came}) == 1
    assert Webhook.objects.get().failures == 0


def test_a_dead_address_makes_only_its_own_messages_wait(
    run: Run, student: User, assistant: User, bot: Receiver
) -> None:
    dead = services.register(user=student, run=run, address="http://127.0.0.1:9/", events=list(Event), everybody=False)
    registered(assistant, run, bot, everybody=True)
    repository = factories.repository(student, run)
    for _ in range(3):
        factories.graded(repository)
    assert deliver() == 3
    assert sum(dead.deliveries.values_list("attempts", flat=True)) == 1
    assert {one.fate for one in dead.deliveries.all()} == {Fate.WAITING}


def test_after_a_day_of_failures_it_is_switched_off_and_its_owner_is_told(
    run: Run, student: User, signed_in: SignIn, bot: Receiver
) -> None:
    User.objects.filter(pk=student.pk).update(email="anna@example.org")
    row = registered(student, run, bot)
    Webhook.objects.update(failures=services.PATIENCE - 1)
    bot.answers = [(500, {})]
    factories.graded(factories.repository(student, run))
    deliver()
    row.refresh_from_db()
    assert row.off_because == Off.FAILING
    assert Notice.objects.filter(user=student, news="webhook.off", path=f"{PAGE}{row.pk}/").exists()
    assert Letter.objects.filter(user=student, subject__contains="127.0.0.1").exists()
    assert Delivery.objects.get().fate == Fate.FAILED
    factories.graded(factories.repository(student, run, "dropout"))
    assert Delivery.objects.count() == 1
    signed_in(student).post(f"{PAGE}{row.pk}/on/")
    factories.graded(factories.repository(student, run, "batchnorm"))
    assert deliver() == 1


def test_whoever_wants_no_more_says_gone(run: Run, student: User, bot: Receiver) -> None:
    row = registered(student, run, bot)
    bot.answers = [(410, {})]
    factories.graded(factories.repository(student, run))
    deliver()
    row.refresh_from_db()
    assert row.off_because == Off.GONE


def test_it_ends_with_the_membership_and_with_the_role(
    run: Run, student: User, other_student: User, assistant: User, instructor: User, bot: Receiver, signed_in: SignIn
) -> None:
    own, all_of_them = registered(student, run, bot), registered(assistant, run, bot, everybody=True)
    factories.graded(factories.repository(student, run))  # on its way when both lose what they had
    asked = f"/2023/people/members/{student.memberships.get().pk}/remove/"
    page = signed_in(instructor).post(asked, {"why": "left"})
    assert "1 webhook of theirs is switched off" in text(page)
    leaving.remove(membership=student.memberships.get(), by=instructor, why="left")
    belonging.change_role(membership=assistant.memberships.get(), role=Role.STUDENT, by=instructor)
    deliver()
    factories.graded(factories.repository(other_student, run))
    deliver()
    assert bot.came == []
    own.refresh_from_db()
    all_of_them.refresh_from_db()
    assert (own.off_because, all_of_them.off_because) == (Off.LEFT, Off.STUDENT)


def test_a_test_message_and_one_more_time(run: Run, student: User, signed_in: SignIn, bot: Receiver) -> None:
    row, page = registered(student, run, bot), signed_in(student)
    page.post(f"{PAGE}{row.pk}/test/")
    deliver()
    page.post(f"{PAGE}{row.pk}/deliveries/{Delivery.objects.get().pk}/again/")
    deliver()
    assert [one["type"] for one in said(bot)] == ["ping", "ping"]
    assert len({headers["webhook-id"] for headers, _body in bot.came}) == 1
    page.post(f"{PAGE}{row.pk}/remove/")
    assert page.get(f"{PAGE}{row.pk}/").status_code == 404
    factories.graded(factories.repository(student, run))
    assert deliver() == 0


def test_what_was_on_its_way_when_the_server_was_killed_is_sent(run: Run, student: User, bot: Receiver) -> None:
    registered(student, run, bot)
    factories.graded(factories.repository(student, run))
    assert services.take(delivery=Delivery.objects.get())
    assert deliver() == 1


def test_the_number_of_queries_does_not_depend_on_the_number_of_addresses(
    run: Run, student: User, bot: Receiver
) -> None:
    submission = factories.graded(factories.repository(student, run))
    facts = {"assignment": "activations", "submission": str(submission.pk)}

    def queries(more: int) -> int:
        for _ in range(more):
            registered(student, run, bot)
        with CaptureQueriesContext(connection) as asked:
            tell(user=student, run=run, news=VERDICT, path="/2023/", **facts)
        return len(asked)

    assert queries(1) == queries(5)


@pytest.mark.parametrize("old", [True, False])
def test_what_ended_long_ago_is_forgotten(run: Run, student: User, bot: Receiver, old: bool) -> None:
    registered(student, run, bot)
    factories.graded(factories.repository(student, run))
    deliver()
    with clock.shifted(timedelta(days=31 if old else 29)):
        assert services.forget_old() == int(old)
