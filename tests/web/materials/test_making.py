"""What the server makes ahead of its readers, and what it leaves alone."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import pytest
from tests.web.materials.conftest import Teach

from kafedra.web.materials import making, shelf


@dataclass
class Process:
    """One that ends when the test says so."""

    returncode: int | None = None

    def poll(self) -> int | None:
        return self.returncode


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Process]:
    processes = list[Process]()

    def start(*_of: object) -> Process:
        processes.append(Process())
        return processes[-1]

    monkeypatch.setattr(making, "_start", start)
    return processes


def test_what_was_never_executed_is_made_once(teach: Teach, started: list[Process]) -> None:
    teach()
    maker = making.Maker()
    for _look in range(3):
        maker.look()
    assert len(started) == 1


def test_what_failed_is_told_and_left_alone_until_it_changes(
    teach: Teach, started: list[Process], caplog: pytest.LogCaptureFixture
) -> None:
    topic = teach().materials[1]
    maker = making.Maker()
    maker.look()
    started[0].returncode = 1
    with caplog.at_level(logging.ERROR):
        maker.look()
        maker.look()
    assert [record.getMessage() for record in caplog.records] == [
        "topic backprop can't be built; see: kafedra topic build backprop"
    ]
    assert len(started) == 1
    topic.seminar.write_text(topic.seminar.read_text("utf-8") + "\n# %%\nx = 1\n", "utf-8")
    maker.look()
    assert len(started) == 2


def test_pages_are_ready_before_their_readers(teach: Teach, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = teach().materials[1]
    making.warm()

    def again(*_of: object, **_more: object) -> None:
        raise AssertionError("rendered again")

    monkeypatch.setattr(shelf, "chapter", again)
    monkeypatch.setattr(shelf, "seminar_page", again)
    assert shelf.chapter_of("2023", topic).title == "Обратное распространение"
    assert shelf.seminar_of("2023", topic, "student").title == "Семинар"
