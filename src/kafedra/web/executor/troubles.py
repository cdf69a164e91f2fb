"""Which slots don't work, since when, and when each is tried again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kafedra.web.executor.interface import Slot, Trouble

log = logging.getLogger(__name__)
LONGEST_SECONDS: Final = 300.0
_RULE: Final = "!" * 78
_REFUSAL: Final = "NOTHING IS GRADED: the sandbox does not work here."
_ADVICE: Final = "Pushes are stored, and graded as soon as this is mended. `kafedra doctor` says how."


@dataclass(slots=True)
class _Standing:
    """Of one slot. `failures` counts those since its last job; `lines` are empty while it works or is being started."""

    failures: int = 0
    lines: tuple[str, ...] = ()
    again_at: float = 0.0


class Troubles:
    """Thread-safe: slots' threads write, pages read, and the log hears of it if `loud`."""

    def __init__(self, slots: Sequence[Slot], pause: float, *, loud: bool = True) -> None:
        self._lock = threading.Lock()
        self._pause = pause
        self._slots = tuple(slots)
        self._by_slot = {id(slot): _Standing() for slot in slots}
        self._loud, self._announced = loud, False

    def started(self, slot: Slot) -> None:
        """It is warm; whether it does its work will show."""
        with self._lock:
            self._by_slot[id(slot)].lines = ()
            recovered, self._announced = self._announced, False
        if recovered:
            log.warning("%s works again: grading goes on", slot.name)

    def proved(self, slot: Slot) -> None:
        """It has done a job: the next trouble is the first."""
        with self._lock:
            self._by_slot[id(slot)].failures = 0

    def suffered(self, slot: Slot, text: str) -> float:
        """It does not work; returns for how many seconds it is left alone: twice as long each time, to a limit."""
        with self._lock:
            standing = self._by_slot[id(slot)]
            seconds = min(self._pause * float(2**standing.failures), LONGEST_SECONDS)
            standing.failures = min(standing.failures + 1, 30)
            standing.lines = tuple(text.splitlines()) or ("?",)
            standing.again_at = time.monotonic() + seconds
            stopped = self._stopped()
            newly, self._announced = stopped and not self._announced, stopped
        if self._loud and newly:  # pushes are stored, and nobody gets a verdict
            log.critical("%s\n%s\n%s\n%s\n%s", _RULE, _REFUSAL, text, _ADVICE, _RULE)
        elif self._loud and not stopped:
            log.error("%s does not work and is tried again in %.0f s: %s", slot.name, seconds, text)
        return seconds

    def now(self) -> tuple[Trouble, ...]:
        """Of every slot that does not work."""
        with self._lock:
            found = [(slot, self._by_slot[id(slot)]) for slot in self._slots]
            moment = time.monotonic()
            return tuple(
                Trouble(slot.name, standing.lines, max(0.0, standing.again_at - moment))
                for slot, standing in found
                if standing.lines
            )

    def everywhere(self, *, gpu: bool) -> bool:
        """Whether no slot of the lane works."""
        with self._lock:
            lane = [self._by_slot[id(slot)] for slot in self._slots if slot.has_gpu == gpu]
            return bool(lane) and all(standing.lines for standing in lane)

    def of_all(self) -> tuple[str, ...]:
        """What they say, each line once, when not a single slot works."""
        with self._lock:
            if not self._stopped():
                return ()
            return tuple(dict.fromkeys(line for one in self._by_slot.values() for line in one.lines))

    def _stopped(self) -> bool:
        return bool(self._by_slot) and all(standing.lines for standing in self._by_slot.values())
