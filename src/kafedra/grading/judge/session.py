"""The judge's session with one submission: calls, deadlines, and what to make of every way they end."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Protocol

from kafedra.course import Assignment, Language
from kafedra.grading import messages
from kafedra.grading.channel import BadFrame, Channel, Closed, TimedOut
from kafedra.grading.faults import UnusableAssignment
from kafedra.grading.judge.explaining import Death, Explainer
from kafedra.grading.judge.forbidden import find_forbidden, forbidden_names
from kafedra.grading.judge.patience import MOST, Allowance, Overtime, Patience
from kafedra.grading.judge.probes import ProbeIndex
from kafedra.grading.judge.source import StudentSource
from kafedra.testing.failures import SubmissionTimeout
from kafedra.testing.submission import derive_seed

__all__ = ["JUDGE_SECONDS", "Death", "Host", "Session"]

# The limits are about the student's code; what the tests themselves take (a slow laptop's first comparison of tensors,
# an answer made to be slow to compare) may come on top of them, up to this much.
JUDGE_SECONDS: Final = 20.0


class Host(Protocol):
    """Where the student's process runs: the sandbox, or a plain child process on the student's own machine."""

    def start(self) -> Channel:
        """A fresh process, serving on the channel. Raises :class:`~kafedra.grading.faults.GradingFault`."""

    def end(self, *, dying: bool) -> Death:
        """Make sure that the process is gone, and say how it ended.

        ``dying``: it has hung up, so that it is probably ending by itself; how is worth a moment's wait.
        """

    def waited(self) -> float:
        """Seconds that the process has stood in the scheduler's queue since it was started."""


class Session:
    """One submission in front of the judge. A process that dies is replaced for the next call.

    Time is taken off the limits only while the student's process is to answer.
    """

    def __init__(
        self,
        assignment: Assignment,
        source: StudentSource,
        host: Host,
        *,
        seed: int,
        language: Language,
    ) -> None:
        self._assignment = assignment
        self._limits = assignment.limits
        self._source = source
        self._host = host
        self._seed = seed
        self._explain = Explainer(assignment, source, language)
        self._probes = assignment.probes.read_text("utf-8-sig")
        self._index = ProbeIndex(self._probes)
        self._names = forbidden_names(assignment.forbidden)
        try:
            self._forbidden = find_forbidden(source.module.tree, self._names, assignment.requires)
        except RecursionError:
            self._forbidden = {}
            self._source = replace(source, unusable=messages.text("too_deep", language))
        self._channel: Channel | None = None
        self._calls = 0
        self._waited_before = 0.0
        self._waited_in_all = 0.0
        self._hidden = False
        self._total = Allowance(self._limits.total_seconds)
        self._test = Allowance(self._limits.test_seconds)
        self._overtime = Overtime(self._limits.total_seconds / 2)
        self._end_of_all = math.inf
        self.output = ""
        self.seconds_inside = 0.0

    def begin(self, *, hidden: bool) -> None:
        """A test starts now."""
        self._hidden = hidden
        self._test = Allowance(self._limits.test_seconds)
        if self._end_of_all == math.inf:
            ours = self._limits.load_seconds + JUDGE_SECONDS
            self._end_of_all = time.monotonic() + self._limits.total_seconds + ours

    def call(self, probe: str, args: Sequence[Any], kwargs: Mapping[str, Any], *, seed: int) -> Any:
        """Run a probe. Raises a :class:`~kafedra.testing.failures.SubmissionFailure`."""
        used = self._index.names_used(probe, [*args, *kwargs.values()], self._assignment.requires)
        self._refuse_what_the_text_shows(used)
        if self._overtime.left(used) <= 0:
            raise self._explain.too_slow_before(used)
        started, left = time.monotonic(), self._total.left
        try:
            if self._channel is None:
                self._start()
            request = {"probe": probe, "args": tuple(args), "kwargs": dict(kwargs), "seed": seed}
            return self._value_of(self._exchange(request, self._test, self._overtime.left(used)))
        except SubmissionTimeout:
            self._overtime.add(used, left - self._total.left)
            raise
        finally:
            self.seconds_inside += time.monotonic() - started

    def close(self) -> None:
        """End the student's process."""
        if self._channel is not None:
            self._end()

    def _refuse_what_the_text_shows(self, used: Sequence[str]) -> None:
        if self._source.unusable is not None:
            raise self._explain.unusable(self._source.unusable)
        missing = [name for name in used if name in self._source.module.missing]
        if missing:
            raise self._explain.missing(missing)
        for name in used:
            if (use := self._forbidden.get(name)) is not None:
                raise self._explain.forbidden(name, use)

    def _start(self) -> None:
        """Start a process and load the student's module into it; loading doesn't count as the test's time."""
        if self._exhausted():
            raise self._explain.no_time_left()
        asked = time.monotonic()
        self._channel = self._host.start()
        self._waited_before = 0.0
        self._end_of_all += time.monotonic() - asked  # how long we take to set a process up is not the student's time
        load = Allowance(self._limits.load_seconds)
        seed = derive_seed(self._seed, "load")  # never the run's own: who knows it can draw the tests' inputs
        first = {"probes": self._probes, "forbidden": list(self._names), "output_chars": self._limits.output_kb * 1024}
        response = self._exchange(first, load)
        if "error" in response:  # nothing of the student's has run yet
            self._end()
            raise UnusableAssignment(f"{self._assignment.probes}: {response['error']}")
        response = self._exchange({"module": self._source.module.text, "seed": seed}, load)
        if "error" in response:
            self._end()
            raise self._explain.error(response["error"], hidden=self._hidden)

    def _exchange(self, request: dict[str, Any], allowance: Allowance, most: float = math.inf) -> dict[str, Any]:
        """Send a request and take its response, within ``most`` seconds, or raise what became of the process."""
        assert self._channel is not None
        self._calls += 1
        before, started = self._waited_before, time.monotonic()
        deadline = min(started + min(allowance.left, self._total.left, most), self._end_of_all)
        # who keeps its own processes waiting gets time for it once, not in every call: the grader counts on an end
        limit = min(allowance.seconds, self._limits.total_seconds - self._waited_in_all / MOST)
        patience = Patience(deadline, limit, lambda: self._host.waited() - before)
        try:
            try:
                self._channel.send({"id": self._calls, **request}, deadline=patience)
                response = self._channel.receive(deadline=patience)
            finally:
                self._take_time(allowance, started, patience.given)
        except TimedOut:
            self._end()
            seconds = min(allowance.seconds, round(most, 1))
            raise (self._explain.no_time_left() if self._exhausted() else self._explain.too_slow(seconds)) from None
        except Closed:
            raise self._explain.death(self._end(dying=True)) from None
        except BadFrame:
            self._end()
            raise self._explain.broken_channel() from None
        if type(response) is not dict or type(response.get("id")) is not int or response["id"] != self._calls:
            self._end()
            raise self._explain.broken_channel()
        if not self._hidden:
            printed = response.get("printed")
            self.output = (self.output + (printed if type(printed) is str else ""))[-self._limits.output_kb * 1024 :]
        return response

    def _exhausted(self) -> bool:
        return self._total.left <= 0 or time.monotonic() >= self._end_of_all

    def _take_time(self, allowance: Allowance, started: float, waited: float) -> None:
        """Waiting for a processor is not the student's time, in this call and in those to come."""
        spent = time.monotonic() - started - waited
        allowance.left -= spent
        self._total.left -= spent
        self._waited_before += waited
        self._waited_in_all += waited
        self._end_of_all += waited

    def _value_of(self, response: dict[str, Any]) -> Any:
        if "error" in response:
            raise self._explain.error(response["error"], hidden=self._hidden)
        return response.get("value")

    def _end(self, *, dying: bool = False) -> Death:
        assert self._channel is not None
        channel, self._channel = self._channel, None
        with contextlib.closing(channel):
            return self._host.end(dying=dying)
