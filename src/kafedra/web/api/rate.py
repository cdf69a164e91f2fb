"""How often one may ask. Counted in this process: a read that had to write would cost more than it answers."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

_REMEMBERED = 10_000  # more askers than a course has tokens


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests at once, and as many again within `seconds`."""

    name: str
    requests: int
    seconds: float


BY_TOKEN: Final = Rate("token", 300, 60)
WRONG_TOKENS: Final = Rate("wrong-tokens", 60, 60)  # by network address: a lecture hall may sit behind one


@dataclass(frozen=True, slots=True)
class Asked:
    """Whether it is answered, how many more requests are, and after how many seconds there is room for one again."""

    allowed: bool
    left: int
    wait: int


class Buckets:
    """For each asker a bucket that fills evenly and from which each request takes one."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def ask(self, who: str) -> Asked:
        """Take one from the bucket of `who`, if there is one."""
        now, per_second = time.monotonic(), self.rate.requests / self.rate.seconds
        with self._lock:
            level, at = self._levels.pop(who, (float(self.rate.requests), now))
            level = min(float(self.rate.requests), level + (now - at) * per_second)
            allowed = level >= 1
            level -= allowed
            self._levels[who] = level, now
            while len(self._levels) > _REMEMBERED:
                self._levels.popitem(last=False)
        return Asked(allowed, int(level), 0 if allowed else math.ceil((1 - level) / per_second))

    def forget(self) -> None:
        """Everybody starts afresh."""
        with self._lock:
            self._levels.clear()


by_token = Buckets(BY_TOKEN)  # one of each per process
wrong_tokens = Buckets(WRONG_TOKENS)
