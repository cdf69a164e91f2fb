"""Answers of many phones in one transaction: each is acknowledged after its commit, none waits for a lock.

One thread writes. While it commits, answers gather; the next transaction takes all of them. A database that lets one
write at a time then costs one commit for a roomful of answers instead of one for each.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

from django.db import connection, transaction

log = logging.getLogger(__name__)
Item = TypeVar("Item")
Result = TypeVar("Result")
LARGEST = 400
IDLE_SECONDS = 10.0
PATIENCE_SECONDS = 30.0


class Writer(Generic[Item, Result]):
    """`write` stores many at once, in the transaction it is called in, and returns a result for each."""

    def __init__(self, write: Callable[[Sequence[Item]], Sequence[Result]]) -> None:
        self._write = write
        self._waiting: queue.SimpleQueue[tuple[Item, Future[Result]]] = queue.SimpleQueue()
        self._lock, self._busy = threading.Lock(), False

    @property
    def waiting(self) -> int:
        """How many are neither written nor being written."""
        return self._waiting.qsize()

    def put(self, item: Item) -> Result:
        """Returns when it is committed; raises what the database raised. Inside a transaction it is part of that."""
        if connection.in_atomic_block:
            return self._write([item])[0]
        return self.submit(item).result(PATIENCE_SECONDS)

    def submit(self, item: Item) -> Future[Result]:
        """A promise that is kept when the item is committed. Never waits."""
        done = Future[Result]()
        with self._lock:
            self._waiting.put((item, done))
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._work, name="blitz-writer", daemon=True).start()
        return done

    def _work(self) -> None:
        try:
            while taken := self._take():
                self._commit(taken)
        finally:
            connection.close()

    def _take(self) -> list[tuple[Item, Future[Result]]]:
        """What waits; nothing when nothing came for a while, and the thread ends."""
        try:
            taken = [self._waiting.get(timeout=IDLE_SECONDS)]
        except queue.Empty:
            with self._lock:  # whoever puts now starts a thread of their own, or is seen here
                if self._waiting.empty():
                    self._busy = False
                    return []
            return self._take()
        while len(taken) < LARGEST:
            try:
                taken.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        return taken

    def _commit(self, taken: Sequence[tuple[Item, Future[Result]]]) -> None:
        try:
            with transaction.atomic():
                results = self._write([item for item, _done in taken])
        except Exception as error:  # noqa: BLE001  # told to whoever waits
            connection.close()  # a broken one must not break what comes next
            if len(taken) > 1:  # one of them alone is to blame: the others must not suffer
                for one in taken:
                    self._commit([one])
                return
            log.warning("an answer could not be written: %s", error)
            if not taken[0][1].cancelled():
                taken[0][1].set_exception(error)
            return
        for (_item, done), result in zip(taken, results, strict=True):
            if not done.cancelled():  # whoever waited has gone; what they sent is written all the same
                done.set_result(result)
