"""The outbox: stored with what causes it, sent by and by, never lost, never sent twice knowingly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from tests.web.conftest import SignIn
from tests.web.outbox.letters import put, states
from tests.web.post_office import PostOffice
from tests.web.reading import text

from kafedra.web import clock
from kafedra.web.adjustments import services as adjustments
from kafedra.web.outbox import services
from kafedra.web.outbox.delivery import Deliverer
from kafedra.web.outbox.models import Delivery, Letter
from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.runs.models import Run

GRANT = adjustments.Grant(("activations",), None, 3, "грипп")
SOON = timedelta(seconds=31)


def test_a_letter_is_kept_with_what_it_tells_and_lost_with_it(run: Run, student: User, instructor: User) -> None:
    @transaction.atomic
    def interrupted() -> None:
        adjustments.extend(run=run, students=[student], grant=GRANT, by=instructor)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        interrupted()
    assert not Letter.objects.exists()
    adjustments.extend(run=run, students=[student], grant=GRANT, by=instructor)
    letter = Letter.objects.get()
    assert (letter.state, letter.run, letter.user, letter.address) == ("waiting", run, student, "anna@example.org")
    assert "грипп" in letter.text
    assert mail.outbox == [], "nothing is sent while somebody waits for an answer"


def test_what_waits_is_sent_once_and_its_text_forgotten(run: Run, office: PostOffice) -> None:
    for address in ("a@example.org", "b@example.org", "c@example.org"):
        put(address)
    deliverer = Deliverer()
    with office.opened():
        assert deliverer.deliver() == 3
        assert deliverer.deliver() == 0
    assert sorted(office.recipients) == ["a@example.org", "b@example.org", "c@example.org"]
    assert office.connections == 1, "one connection carries them all"
    assert states() == ["sent"] * 3
    assert set(Letter.objects.values_list("text", flat=True)) == {""}
    assert str(office.letters[0]["Subject"]) == "Deep Learning: news"


def test_a_server_that_is_down_for_hours_loses_nothing(run: Run, office: PostOffice) -> None:
    put()
    later, pauses = timedelta(), []
    while later < timedelta(hours=5):
        with clock.shifted(later):
            assert Deliverer().deliver() == 0
            letter = Letter.objects.get()
            pauses.append(letter.next_at - clock.now())
        later += max(pauses[-1], timedelta()) + timedelta(seconds=1)
    minutes = [round(pause.total_seconds() / 60, 1) for pause in pauses]
    assert minutes[:8] == [0.5, 1, 2, 4, 8, 16, 30, 30], "longer after each attempt, but not without end"
    assert "ConnectionRefusedError" in Letter.objects.get().error
    with office.opened():
        put("new@example.org")  # somebody's new letter finds the server up again: the others don't sit out their pause
        assert Deliverer().deliver() == 2
    assert sorted(office.recipients) == ["anna@example.org", "new@example.org"]


def test_an_outage_costs_one_connection_for_all_letters(run: Run, office: PostOffice, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    for number in range(20):
        put(f"student-{number}@example.org")
    assert Deliverer().deliver() == 0
    assert set(Letter.objects.values_list("attempts", flat=True)) == {1}


def test_after_three_days_a_person_has_to_look(
    run: Run, student: User, instructor: User, signed_in: SignIn, office: PostOffice
) -> None:
    put(user=student, run=run)
    with clock.shifted(services.PATIENCE + timedelta(minutes=1)):
        Deliverer().deliver()
        letter = Letter.objects.get()
        assert letter.state == Delivery.FAILED
        page = signed_in(instructor)
        assert "Letters · 1 failed" in text(page.get("/2023/people/"))
        shown = text(page.get("/2023/letters/"))
        assert "anna@example.org" in shown
        assert "ConnectionRefusedError" in shown
        assert page.post(f"/2023/letters/{letter.pk}/again/")["Location"] == "/2023/letters/"
        assert Entry.objects.latest("pk").verb == "letter.again"
        with office.opened():
            Deliverer().deliver()
    assert len(office.letters) == 1
    assert str(office.letters[0].get_payload()).strip() == "There are news."


def test_an_address_that_does_not_exist_fails_at_once_and_holds_nobody_up(run: Run, office: PostOffice) -> None:
    office.refused["gone@example.org"] = "550 no such user"
    office.refused["full@example.org"] = "452 mailbox full"
    for address in ("gone@example.org", "full@example.org", "anna@example.org"):
        put(address)
    with office.opened():
        Deliverer().deliver()
        assert states() == ["failed", "waiting", "sent"]
        office.refused.clear()
        with clock.shifted(SOON):
            Deliverer().deliver()
    assert states() == ["failed", "sent", "sent"]
    assert "550" in Letter.objects.order_by("pk")[0].error


def test_without_a_receipt_the_same_letter_goes_again(run: Run, office: PostOffice) -> None:
    put()
    office.mute = True
    with office.opened():
        Deliverer().deliver()
        assert states() == ["waiting"]
        office.mute = False
        with clock.shifted(SOON):
            Deliverer().deliver()
    first, second = office.letters
    assert first["Message-ID"] == second["Message-ID"] == Letter.objects.get().message_id
    assert states() == ["sent"]


def test_what_a_killed_server_was_sending_is_taken_up(run: Run, office: PostOffice) -> None:
    put()
    assert services.take() is not None
    assert services.take() is None, "nobody else gets it meanwhile"
    with office.opened():
        assert Deliverer().deliver() == 1


def test_what_has_left_is_not_sent_again_even_if_the_database_was_away(
    run: Run, office: PostOffice, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    put()
    deliverer = Deliverer()

    def away(*, pk: int) -> None:
        raise ConnectionError("the database is away")

    with office.opened():
        with monkeypatch.context() as patch:
            patch.setattr(services, "sent", away)
            with pytest.raises(ConnectionError):
                deliverer.deliver()
        assert states() == ["sending"]
        assert deliverer.deliver() == 0
    assert len(office.letters) == 1
    assert states() == ["sent"]


def test_a_link_to_sign_in_overtakes_the_rest(run: Run, client: Client, student: User, office: PostOffice) -> None:
    for number in range(3):
        put(f"student-{number}@example.org")
    client.post("/sign-in/link/", {"email": "anna@example.org"})
    with office.opened():
        Deliverer().deliver()
    assert office.recipients[0] == "anna@example.org"


def test_a_link_that_no_longer_works_is_not_sent(run: Run, client: Client, student: User, office: PostOffice) -> None:
    client.post("/sign-in/link/", {"email": "anna@example.org"})
    with clock.shifted(timedelta(minutes=16)), office.opened():
        Deliverer().deliver()
    assert office.letters == []
    letter = Letter.objects.get()
    assert (letter.state, letter.text) == ("expired", "")


def test_old_letters_are_forgotten(run: Run) -> None:
    put()
    Deliverer().deliver()
    put("waits@example.org")
    with clock.shifted(services.KEPT + timedelta(days=1)):
        assert services.forget_old() == 1
    assert Letter.objects.get().address == "waits@example.org"
