"""Somebody has the whole database, its journal, the logs, and the order in which everybody answered. It doesn't help.

What such a person can and cannot learn is written in docs/use/anonymity.md, and each sentence there is tried here.
"""

from __future__ import annotations

import json
import logging
import math
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from tests.web import factories
from tests.web.surveys.answering import REMINDED, TOPIC, answer, at, everybody_answers, open_boxes, students

from kafedra.web.outbox.models import Delivery, Letter
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.surveys import halves
from kafedra.web.surveys.bag import Bag, Form
from kafedra.web.surveys.models import Answer, Box, Turnout
from kafedra.web.surveys.services import give, keep_time, open_box

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="looks into the database's file")


def raw() -> bytes:
    """The database as it lies on the disk: the file and what SQLite hasn't moved into it yet."""
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    return b"".join(path.read_bytes() for path in (file, file.with_name(f"{file.name}-wal")) if path.exists())


def everything_stored() -> str:
    """Every row of every table, as a dump has them."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # the database's own names
            found.append(f"{table}: {cursor.fetchall()!r}")
    return "\n".join(found)


def folder(run: Run) -> Path:
    return halves.folder_of(run, TOPIC)


def traces(words: Sequence[str]) -> list[bytes]:
    """How words may look in a file."""
    ways: list[Callable[[str], bytes]] = [
        str.encode,
        lambda text: text.encode("utf-16-le"),
        lambda text: json.dumps(text)[1:-1].encode(),
    ]
    return [way(text) for way in ways for text in words]


@pytest.mark.django_db(transaction=True)
@on_sqlite
def test_before_the_box_is_opened_no_copy_of_the_database_holds_a_word(caplog: pytest.LogCaptureFixture) -> None:
    run = Run.objects.create(slug="2023")
    with caplog.at_level(logging.DEBUG):
        written = everybody_answers(students(run, 6))
    assert not any(trace in raw() for trace in traces(written))
    assert not any(words in everything_stored() for words in written)
    assert not any(words in caplog.text for words in written)
    open_boxes()
    assert all(any(trace in raw() for trace in traces([words])) for words in written)  # or the look would prove nothing


@pytest.mark.django_db(transaction=True)
def test_an_older_copy_can_be_read_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two nightly copies between which one student answered, and the file with the other half as it is today."""
    run = Run.objects.create(slug="2023")
    copies = []
    for student in students(run, 6):
        answer(student, unclear="gradients")
        copies.append(bytes(Box.objects.get().half))
        assert len(list(folder(run).iterdir())) == 1  # the half of today, and no other
    pad = next(folder(run).iterdir()).read_bytes()
    assert Bag.read(xor(copies[-1], pad)).words == {"unclear": ["gradients"] * 6}
    for older in copies[:-1]:
        with pytest.raises(ValueError, match=r".*"):
            Bag.read(xor(older, pad))
        assert b"gradients" not in xor(older, copies[-1])  # what differs between two copies is noise, too
    open_boxes()
    assert list(folder(run).iterdir()) == []


def xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def test_what_is_stored_does_not_depend_on_the_order(run: Run) -> None:
    people = students(run, 8)
    said = {
        person.pk: Form({"clear": 1 + number % 5}, {"unclear": f"word {number}"})
        for number, person in enumerate(people)
    }
    stored = []
    for topic in (3, 4):
        random.shuffle(people)
        for person in people:
            give(run=run, topic=topic, student=person, form=said[person.pk])
        box, turnout = Box.objects.get(topic=topic), Turnout.objects.get(topic=topic)
        bag = halves.join(bytes(box.half), box.other, halves.folder_of(run, topic))
        stored.append((bag, list(turnout.memes), len(box.half)))
    assert stored[0] == stored[1]


def test_every_box_looks_equally_full(run: Run) -> None:
    sizes = set()
    for person, words in zip(students(run, 5), ("", "a", "b" * 500, "c" * 2000, "d"), strict=True):
        give(run=run, topic=TOPIC, student=person, form=Form({"clear": 1}, {"unclear": words} if words else {}))
        sizes.add(len(bytes(Box.objects.get().half)))
    assert len(sizes) == 1


def guesses() -> Iterator[tuple[str, Callable[[Run, int], list[str]]]]:
    """In which orders words can be read from the database; an attacker lays them beside the order of answering."""

    def asked(sql: str) -> Callable[[Run, int], list[str]]:
        def words(run: Run, topic: int) -> list[str]:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT text FROM surveys_answer WHERE run_id=%s AND topic=%s {sql}", [run.pk, topic])
                return [text for (text,) in cursor.fetchall()]

        return words

    yield "as the table gives them", asked("")
    yield "by where they lie", asked("ORDER BY rowid" if connection.vendor == "sqlite" else "ORDER BY ctid")
    yield "by their keys", asked("ORDER BY id")
    yield "by the alphabet", asked("ORDER BY text")
    if connection.vendor == "sqlite":
        yield (
            "by their place in the file",
            lambda run, topic: sorted(asked("")(run, topic), key=lambda text: raw().rfind(text.encode())),
        )


ROUNDS, PEOPLE = 24, 6


@pytest.mark.django_db(transaction=True)
def test_who_wrote_what_can_only_be_guessed() -> None:
    """The attacker knows who answered when, to the second; a hit is a student whose words were named."""
    people = [factories.person() for _ in range(PEOPLE)]
    hits, draw = dict.fromkeys((name for name, _ in guesses()), 0), random.Random()  # nothing secret
    for number in range(ROUNDS):
        run, topic = Run.objects.get_or_create(slug=f"run-{number // 12}")[0], 1 + number % 12
        came = draw.sample(people, PEOPLE)
        words = {person.pk: f"{draw.random()}" for person in people}
        for person in came:
            give(run=run, topic=topic, student=person, form=Form({}, {"unclear": words[person.pk]}))
        open_box(run=run, topic=topic)
        for name, order in guesses():
            hits[name] += sum(words[one.pk] == text for one, text in zip(came, order(run, topic), strict=True))
    # Of a random permutation one hit a round is expected, with a variance of one.
    assert {name: n for name, n in hits.items() if abs(n - ROUNDS) > 5 * math.sqrt(ROUNDS)} == {}


def test_tables_of_answers_name_nobody() -> None:
    """No key to a person, no time, no number that counts up."""
    for model in (Box, Answer):
        kinds = {field.name: (field.get_internal_type(), field.related_model) for field in model._meta.concrete_fields}
        assert not any(related is User for _, related in kinds.values())
        assert not any(kind in ("DateTimeField", "DateField", "TimeField") for kind, _ in kinds.values())
    assert Answer._meta.pk.get_internal_type() == "UUIDField"


def test_a_form_is_taken_to_pieces(run: Run) -> None:
    """Two answers of one form are nowhere beside each other: the style of one doesn't give the other away."""
    for number, person in enumerate(students(run, 6)):
        give(
            run=run,
            topic=TOPIC,
            student=person,
            form=Form({"clear": 3}, {"unclear": f"u{number}", "change": f"c{9 - number}"}),
        )
    open_box(run=run, topic=TOPIC)
    by_question = [
        [a.text for a in Answer.objects.filter(question=slug).order_by("id")] for slug in ("unclear", "change")
    ]
    assert [len(texts) for texts in by_question] == [6, 6]
    assert {field.name for field in Answer._meta.concrete_fields} == {
        "id",
        "run",
        "topic",
        "question",
        "text",
        "state",
        "remark",
    }


def test_no_list_of_letters_names_by_its_gaps_who_has_answered(run: Run, instructor: User, client: Client) -> None:
    """Only who has not answered is reminded: whoever sees to whom reminders went, sees who has."""
    quick, slow = students(run, 2)
    for one in (quick, slow):
        one.email = f"{one.username}@example.org"
        one.save()
    answer(quick, clear=4)
    with at(REMINDED):
        keep_time()
        failed = Letter.objects.get()
        assert failed.user == slow
        failed.state = Delivery.FAILED
        failed.save()
        client.force_login(instructor)
        for path in (
            "letters/",
            "letters/?state=failed",
            f"letters/?q={slow.username}",
            "people/",
            "inbox/",
            "record/",
        ):
            page = client.get(f"/2023/{path}").content.decode()
            assert failed.subject not in page
            assert "1 failed" not in page
        assert client.post(f"/2023/letters/{failed.pk}/again/").status_code == 404


def test_an_answer_leaves_no_letter_and_no_line(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    (student,) = students(run, 1)
    with caplog.at_level(logging.DEBUG, logger="kafedra"):
        answer(student, unclear="why")
    assert not Letter.objects.exists()
    assert caplog.text == ""


KILLED = """
import sys, django
django.setup()
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.surveys.bag import Form
from kafedra.web.surveys.services import give
run = Run.objects.get()
for login in sys.argv[1:]:
    student = User.objects.get(username=login)
    give(run=run, topic=3, student=student, form=Form({"clear": 1}, {"unclear": login}))
    print(login, flush=True)
"""


@pytest.mark.django_db(transaction=True)
@on_sqlite
def test_what_was_taken_survives_a_server_that_is_killed() -> None:
    run = Run.objects.create(slug="2023")
    waiting, taken = [one.username for one in students(run, 40)], list[str]()
    url = f"sqlite:///{settings.DATABASES['default']['NAME']}"
    environment = {**os.environ, "KAFEDRA_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "kafedra.web.config.settings"}
    for enough in (3, 7):
        command = [sys.executable, "-c", KILLED, *(login for login in waiting if login not in taken)]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            taken += [child.stdout.readline().strip() for _ in range(enough)]
            child.send_signal(signal.SIGKILL)
            taken += child.stdout.read().split()
    open_boxes()
    answered = {User.objects.get(pk=int(pk)).username for pk in Turnout.objects.get().memes}
    assert set(taken) <= answered
    assert sorted(Answer.objects.values_list("text", flat=True)) == sorted(answered)
    assert list(folder(run).iterdir()) == []
