"""Questions to the student's process, and their time: what is asked, how long an answer may take, how it can end."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NoReturn, Protocol

from kafedra.course.assignment import Limits
from kafedra.grading.channel import BadFrame, Channel, Closed, TimedOut
from kafedra.grading.judge.patience import MOST, Allowance, Patience

# The limits are about the student's code; what the tests themselves take (a slow laptop's first comparison of tensors,
# an answer made to be slow to compare) may come on top of them, up to this much.
JUDGE_SECONDS: Final = 20.0
LOADS: Final = 3  # times the limit of one load, for all of them together


@dataclass(frozen=True)
class Death:
    """How the student's process ended. ``status``: its exit code, 128 + signal for a signal."""

    cause: Literal["exited", "memory", "killed"]
    status: int


class Host(Protocol):
    """Where the student's process runs: the sandbox, or a plain child process on the student's own machine."""

    def start(self) -> Channel:
        """A fresh process, serving on the channel. Raises :class:`~kafedra.grading.faults.GradingFault`."""

    def end(self, *, dying: bool) -> Death:
        """Make sure that the process is gone, and say how it ended.

        ``dying``: it has hung up, so that it is probably ending by itself; how is worth a moment's wait.
        """

    def leave(self) -> None:
        """Have the process ended; how it does nobody asks, nor waits for it here."""

    def waited(self) -> float:
        """Seconds that the process has stood in the scheduler's queue since it was started."""


@dataclass(frozen=True)
class Ending:
    """How a process ended instead of answering. ``seconds`` is the limit that ran out, ``death`` what it died of."""

    how: Literal["slow", "no-time-left", "died", "broken"]
    seconds: float = 0.0
    death: Death | None = None


class Ended(Exception):
    """There is no answer, and no process any more."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.how)
        self.ending = ending


class Exchange:
    """The student's process, one after another. Time counts only while it is to answer."""

    def __init__(self, host: Host, limits: Limits) -> None:
        self._host = host
        self._limits = limits
        self._channel: Channel | None = None
        self._questions = 0
        self._waited_before = 0.0
        self._waited_in_all = 0.0
        self._end_of_all = math.inf
        self.total = Allowance(limits.total_seconds)

    @property
    def running(self) -> bool:
        return self._channel is not None

    @property
    def exhausted(self) -> bool:
        """No time is left for anything."""
        return self.total.left <= 0 or time.monotonic() >= self._end_of_all

    def begin(self) -> None:
        """The first test starts: from here the time in all counts."""
        if self._end_of_all == math.inf:
            ours = LOADS * self._limits.load_seconds + JUDGE_SECONDS
            self._end_of_all = time.monotonic() + self._limits.total_seconds + ours

    def start(self) -> None:
        """A fresh process. Raises :class:`Ended` when there is no time for one."""
        if self.exhausted:
            raise Ended(Ending("no-time-left"))
        asked = time.monotonic()
        self._channel = self._host.start()
        self._waited_before = 0.0
        self._end_of_all += time.monotonic() - asked  # how long we take to set a process up is not the student's time

    def ask(
        self,
        question: Mapping[str, Any],
        allowances: Sequence[Allowance],
        *,
        most: float = math.inf,
        on_step: Callable[[dict[str, Any]], bool] = lambda _: False,
    ) -> dict[str, Any]:
        """The answer, within what is left of each allowance and ``most`` seconds; the time it took is taken off.

        ``on_step`` sees each frame: while it returns True, the frame is a step on the way to the answer. Raises
        :class:`Ended`; the process is gone then.
        """
        assert self._channel is not None
        self._questions += 1
        before, started = self._waited_before, time.monotonic()
        left = min(most, *(allowance.left for allowance in allowances))
        # who keeps its own processes waiting gets time for it once, not in every call: the grader counts on an end
        limit = min(allowances[0].seconds, self._limits.total_seconds - self._waited_in_all / MOST)
        deadline = min(started + left, self._end_of_all)
        patience = Patience(deadline, limit, lambda: self._host.waited() - before)
        try:
            try:
                self._channel.send({"id": self._questions, **question}, deadline=patience)
                while on_step(answer := self._received(patience)):
                    pass
            finally:
                self._take_time(allowances, started, patience.given)
        except TimedOut:
            self.end()
            self._give_up("no-time-left" if self.exhausted else "slow", seconds=min(allowances[0].seconds, most))
        except Closed:
            self._give_up("died", death=self.end(dying=True))
        except BadFrame:
            self.end()
            self._give_up("broken")
        return answer

    def _received(self, patience: Patience) -> dict[str, Any]:
        assert self._channel is not None
        frame = self._channel.receive(deadline=patience)
        if type(frame) is not dict or type(frame.get("id")) is not int or frame["id"] != self._questions:
            raise BadFrame("not an answer to the question")
        return frame

    def _give_up(
        self, how: Literal["slow", "no-time-left", "died", "broken"], seconds: float = 0.0, death: Death | None = None
    ) -> NoReturn:
        raise Ended(Ending(how, seconds, death)) from None

    def _take_time(self, allowances: Sequence[Allowance], started: float, waited: float) -> None:
        """Waiting for a processor is not the student's time, in this call and in those to come."""
        spent = time.monotonic() - started - waited
        for allowance in allowances:
            allowance.left -= spent
        self._waited_before += waited
        self._waited_in_all += waited
        self._end_of_all += waited

    def end(self, *, dying: bool = False) -> Death:
        """End the process and say how it ended."""
        assert self._channel is not None
        channel, self._channel = self._channel, None
        with contextlib.closing(channel):
            return self._host.end(dying=dying)

    def leave(self) -> None:
        """Nothing more is asked: it may go while the report is written."""
        if self._channel is not None:
            channel, self._channel = self._channel, None
            with contextlib.closing(channel):
                self._host.leave()
