"""What takes seconds to make is made once, one at a time, and a failure is not for ever."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kafedra.course import Problem
from kafedra.notebooks import BuildError
from kafedra.web.runs import made
from kafedra.web.runs.made import MadeOnce


def test_many_at_the_same_moment_make_it_once() -> None:
    calls, go = [], threading.Event()

    def slow(key: str) -> str:
        calls.append(key)
        go.wait(90)
        return key.upper()

    once, found = MadeOnce(slow, "the word"), []
    crowd = [threading.Thread(target=lambda: found.append(once("a"))) for _ in range(5)]
    for one in crowd:
        one.start()
    go.set()
    for one in crowd:
        one.join()
    assert (calls, found) == (["a"], ["A"] * 5)


def test_a_failure_rests_and_is_then_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def busy(key: str) -> str:
        calls.append(key)
        if len(calls) == 1:
            raise BuildError([Problem(Path("pictures.py"), None, "", None, "drawing took more than 60 s")])
        return key.upper()

    once = MadeOnce(busy, "the word")
    assert [once("a"), once("a"), len(calls)] == [None, None, 1]
    monkeypatch.setattr(made, "REST_SECONDS", 0)
    assert once("a") == "A"


def test_nobody_waits_long_for_what_somebody_else_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "PATIENCE_SECONDS", 0.01)
    begun, go = threading.Event(), threading.Event()

    def stuck(key: str) -> str:
        begun.set()
        go.wait(90)
        return key

    once = MadeOnce(stuck, "the word")
    maker = threading.Thread(target=once, args=("a",))
    maker.start()
    assert begun.wait(90)
    assert once("b") is None
    go.set()
    maker.join()
    assert once("a") == "a"
