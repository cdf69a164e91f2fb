"""Many answers in one transaction: each acknowledged after it, none harmed by another."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kafedra.web.blitz.writer import Writer

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_comes_while_one_commits_is_written_together() -> None:
    batches, began, go = list[list[int]](), threading.Event(), threading.Event()

    def write(items: Sequence[int]) -> Sequence[int]:
        assert connection.in_atomic_block
        began.set()
        assert go.wait(60)
        batches.append(list(items))
        return [item * 2 for item in items]

    writer = Writer(write)
    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(writer.put, 0)
        assert began.wait(60)
        others = [pool.submit(writer.put, number) for number in range(1, 9)]
        while writer.waiting < 8:
            pass
        go.set()
        assert first.result(60) == 0
        assert [one.result(60) for one in others] == [number * 2 for number in range(1, 9)]
    assert [len(batch) for batch in batches] == [1, 8]


def test_one_that_cannot_be_written_harms_no_other() -> None:
    began, go = threading.Event(), threading.Event()

    def write(items: Sequence[int]) -> Sequence[int]:
        began.set()
        assert go.wait(60)
        if 13 in items:
            raise ValueError("unlucky")
        return items

    writer = Writer(write)
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(writer.put, 1)]
        assert began.wait(60)
        futures += [pool.submit(writer.put, number) for number in (2, 13, 3)]
        while writer.waiting < 3:
            pass
        go.set()
        assert [futures[at].result(60) for at in (0, 1, 3)] == [1, 2, 3]
        with pytest.raises(ValueError, match="unlucky"):
            futures[2].result(60)
