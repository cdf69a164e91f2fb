"""The keeper's deputies: one for each list of forbidden APIs, each replaced in time, none left behind."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kafedra.grading import packets
from kafedra.grading.sandbox.deputies import MOST, RENEWED_AFTER, Deputies


class Keeper:
    """Hands jobs to deputies that note who they are; a job called ``die`` is their last."""

    def __init__(self, noted: Path) -> None:
        self.worker, self.control = packets.pair()
        self._noted = noted
        self.deputies = Deputies(self.control, self._serve)

    def _serve(self, jobs: socket.socket) -> None:
        while True:
            try:
                job, descriptors = packets.receive(jobs)
            except EOFError:
                return
            if "rest" in job:
                continue
            if job["name"] == "die":
                return
            if job["name"] == "work":
                for descriptor in descriptors:
                    os.close(descriptor)
                self._noted.write_text(str(os.getpid()), "ascii")
                packets.send(jobs, {"done": True})

    def do(self, apis: list[str], name: str = "work") -> bool:
        return self.deputies.do({"forbidden": apis, "name": name}, os.open(os.devnull, os.O_RDONLY))

    def who_does(self, *apis: str) -> int:
        assert self.do(list(apis))
        return int(self._noted.read_text("ascii"))


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    one = Keeper(tmp_path / "noted")
    with one.worker, one.control:
        yield one
        one.deputies.end()


def lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_a_list_has_a_deputy_of_its_own_as_long_as_there_is_room(keeper: Keeper) -> None:
    first = keeper.who_does("fractions.Fraction")
    assert keeper.who_does() != first
    assert keeper.who_does("fractions.Fraction") == first
    others = [keeper.who_does(f"fractions.none{number}") for number in range(MOST - 2)]
    keeper.who_does()
    assert lives(first)
    keeper.who_does("fractions.one_more")  # the first one has not been needed for the longest time
    assert not lives(first)
    assert all(map(lives, others))


def test_it_is_replaced_after_some_jobs(keeper: Keeper) -> None:
    first = keeper.who_does()
    assert {keeper.who_does() for _ in range(RENEWED_AFTER - 1)} == {first}
    assert keeper.who_does() != first
    assert not lives(first)


def test_its_death_is_not_passed_over(keeper: Keeper) -> None:
    with pytest.raises(EOFError):
        keeper.do([], "die")


def test_a_worker_that_hangs_up_ends_the_wait_and_all_are_gone(keeper: Keeper) -> None:
    known = keeper.who_does("fractions.Fraction")
    keeper.worker.close()
    assert not keeper.do([], "endless")
    keeper.deputies.end()
    assert not lives(known)
