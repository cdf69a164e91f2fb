"""The outbox: stored with what causes it, sent by and by, never lost, never sent twice knowingly."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.pages import text
from tests.web.post_office import PostOffice

from kafedra.web import clock
from kafedra.web.classroom.adjustments import services as adjustments
from kafedra.web.classroom.models import Run
from kafedra.web.config.environment import Environment
from kafedra.web.notices.models import Delivery, Letter
from kafedra.web.notices.outbox import doorbell, services
from kafedra.web.notices.outbox.delivery import Deliverer
from kafedra.web.notices.outbox.postman import Chore, Postman
from kafedra.web.notices.outbox.views import ON_ONE_PAGE
from kafedra.web.people.models import User
from kafedra.web.record.models import Entry
from kafedra.web.serving import checkup
from kafedra.web.serving.checkup import Finding, Health

GRANT = adjustments.Grant(("activations",), None, 3, "грипп")
SOON = timedelta(seconds=31)


@pytest.fixture(autouse=True)
def nobody_hears_the_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorbell, "ring", lambda: None)


@pytest.fixture
def office(settings) -> PostOffice:  # type: ignore[no-untyped-def]  # pytest-django's wrapper
    """The mail server of the settings; it is down until a test opens it."""
    found = PostOffice()
    with found.opened():  # to get a port
        pass
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", found.port, 5
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    return found


@pytest.fixture
def student(student: User) -> User:
    User.objects.filter(pk=student.pk).update(email="anna@example.org", language="en")
    student.refresh_from_db()
    return student


def put(address: str = "anna@example.org", **more) -> Letter:  # type: ignore[no-untyped-def]  # see `services.put`
    return services.put(address=address, subject="news", text="There are news.", **more)


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


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
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

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


def test_old_letters_are_forgotten(run: Run) -> None:
    put()
    Deliverer().deliver()
    put("waits@example.org")
    with clock.shifted(services.KEPT + timedelta(days=1)):
        assert services.forget_old() == 1
    assert Letter.objects.get().address == "waits@example.org"


def letters_found() -> Finding:
    (found,) = checkup.letters()
    return found


def test_the_doctor_tells_of_letters_that_can_not_leave(run: Run, office: PostOffice) -> None:
    put()
    assert letters_found().health is Health.OK
    Deliverer().deliver()
    with clock.shifted(timedelta(minutes=6)):
        found = letters_found()
    assert found.health is Health.WARN
    assert f"127.0.0.1:{office.port}, 1 waiting, 0 failed" in found.detail
    assert "ConnectionRefusedError" in found.detail


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]  # pytest-django's wrapper
    """Where letters become files."""
    settings.EMAIL_BACKEND = Environment(data=tmp_path).mail["EMAIL_BACKEND"]
    settings.DATA_DIR = tmp_path
    return tmp_path / "letters"


def test_without_a_mail_server_each_letter_is_a_file(run: Run, folder: Path) -> None:
    """Sent within one second, too; a mail program opens it, and nobody else's account does."""
    for number in range(20):
        put(f"student-{number}@example.org")
    Deliverer().deliver()
    files = sorted(folder.iterdir())
    letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert {str(letter["To"]) for letter in letters} == {f"student-{number}@example.org" for number in range(20)}
    assert len(letters) == 20
    assert {file.suffix for file in files} == {".eml"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_letters_wait_while_their_folder_can_not_be_made(run: Run, folder: Path) -> None:
    folder.write_text("in the way")
    put()
    Deliverer().deliver()
    assert (states(), Letter.objects.get().unreachable) == (["waiting"], True)
    folder.unlink()
    with clock.shifted(timedelta(minutes=1)):
        assert Deliverer().deliver() == 1
    assert len(list(folder.iterdir())) == 1


@pytest.fixture
def hired(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Postman]]:
    """Postmen that go home after the test."""
    monkeypatch.undo()  # the bell rings in earnest
    found: list[Postman] = []
    yield found
    for postman in found:
        postman.drain(10)


@pytest.mark.django_db(transaction=True)
def test_the_postman_comes_when_the_bell_rings(office: PostOffice, hired: list[Postman]) -> None:
    postman = Postman(look=3600)
    hired.append(postman)
    with office.opened():
        postman.start()
        put()
        assert office.arrived.wait(20)
        postman.drain(10)
    assert states() == ["sent"]


@pytest.mark.django_db(transaction=True)
def test_a_chore_that_fails_stops_nothing(office: PostOffice, hired: list[Postman], caplog) -> None:  # type: ignore[no-untyped-def]
    did = threading.Event()

    def broken() -> None:
        raise RuntimeError("no paper")

    postman = Postman([Chore("broken", 3600, broken), Chore("sound", 3600, did.set)], look=3600)
    hired.append(postman)
    put()
    with office.opened():
        postman.start()
        assert did.wait(20)
        assert office.arrived.wait(20)
        postman.drain(10)
    assert "broken: failed" in caplog.text
