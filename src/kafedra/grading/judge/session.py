"""The judge's session with one submission: what each call needs, and what to make of every way it ends."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kafedra.course import Assignment, Language
from kafedra.grading import messages
from kafedra.grading.faults import GradingFault, UnusableAssignment
from kafedra.grading.judge.beside import Beside
from kafedra.grading.judge.byways import find_byways
from kafedra.grading.judge.exchange import Ended, Exchange, Host
from kafedra.grading.judge.explaining import Explainer
from kafedra.grading.judge.forbidden import find_forbidden, forbidden_names, names_to_close
from kafedra.grading.judge.loading import Loading, LoadTime
from kafedra.grading.judge.patience import Allowance, Overtime
from kafedra.grading.judge.probes import ProbeIndex
from kafedra.grading.judge.source import StudentSource, given_files
from kafedra.testing.failures import SubmissionTimeout
from kafedra.testing.submission import derive_seed


class Session:
    """One submission in front of the judge. A process that dies is replaced for the next call."""

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
        self._exchange = Exchange(host, assignment.limits)
        self._seed = derive_seed(seed, "load")  # never the run's own: who knows it can draw the tests' inputs
        self._probes = assignment.probes.read_text("utf-8-sig") if assignment.probes.is_file() else ""
        self._index = ProbeIndex(self._probes)
        self._names = forbidden_names(assignment.forbidden)
        try:
            self._forbidden = find_forbidden(source.module, self._names)
            self._byways = find_byways(source.module, self._names)
        except RecursionError:
            self._forbidden, self._byways = {}, []
            self._source = replace(source, unusable=messages.text("too_deep", language))
        self._loading = Loading(source.module)
        self._beside = Beside(source, self._names)
        given = {name: path.read_bytes() for name, path in given_files(assignment).items()}
        self._files = {**given, **source.files}
        self._explain = Explainer(assignment, self._source, self._loading, language)
        self._hidden = False
        self._told_of_hidden = False  # an input of a hidden test was sent
        self._test = Allowance(self._limits.test_seconds)
        self._load_time = LoadTime(self._limits.load_seconds)
        self._overtime = Overtime(self._limits.total_seconds / 2)
        self._unseen = set[tuple[str, str]]()  # probes, and the names that they took though their text doesn't show it
        self.output = ""
        self.seconds_inside = 0.0

    def begin(self, *, hidden: bool) -> None:
        """A test starts now."""
        self._hidden = hidden
        self._test = Allowance(self._limits.test_seconds)
        self._exchange.begin()

    def call(self, probe: str, args: Sequence[Any], kwargs: Mapping[str, Any], *, seed: int) -> Any:
        """Run a probe. Raises a :class:`~kafedra.testing.failures.SubmissionFailure`."""
        used = self._index.names_used(probe, [*args, *kwargs.values()], self._assignment.requires)
        self._refuse_what_the_text_shows(used)
        self._refuse_what_the_files_show(
            used, self._index.files_used(probe, [*args, *kwargs.values()], self._source.absent)
        )
        if self._overtime.left(used) <= 0:
            raise self._explain.too_slow_before(used)
        started, left = time.monotonic(), self._exchange.total.left
        try:
            self._make_ready(used)
            self._told_of_hidden = self._hidden
            request = {"probe": probe, "args": tuple(args), "kwargs": dict(kwargs), "seed": seed}
            allowances = (self._test, self._exchange.total)
            answer = self._exchange.ask(request, allowances, most=self._overtime.left(used))
            self._hear(answer)
            self._compare(probe, used, answer.get("asked"))
            if "error" in answer:
                raise self._explain.error(answer["error"], used=used)
            return answer.get("value")
        except Ended as ended:
            failure = self._explain.ending(ended.ending)
            if isinstance(failure, SubmissionTimeout):
                self._overtime.add(used, left - self._exchange.total.left)
            raise failure from None
        finally:
            self.seconds_inside += time.monotonic() - started

    def notes(self, *, author: bool = False) -> list[str]:
        """What did not run as it was loaded, one line each; for an author, also what a probe takes unseen."""
        unseen = self._explain.unseen(sorted(self._unseen)) if author else []
        byways = self._explain.byways(self._byways, self._beside.byways)
        return [*self._explain.remarks(), *byways, *unseen]

    def close(self) -> None:
        """Let the student's process go."""
        self._exchange.leave()

    def _refuse_what_the_text_shows(self, used: Sequence[str]) -> None:
        if self._source.unusable is not None:
            raise self._explain.unusable(self._source.unusable)
        missing = [name for name in used if name in self._source.module.missing]
        if missing:
            raise self._explain.missing(missing)
        for name in used:
            if (use := self._forbidden.get(name)) is not None:
                raise self._explain.forbidden(name, use)

    def _refuse_what_the_files_show(self, used: Sequence[str], absent: Sequence[str]) -> None:
        if absent:
            raise self._explain.absent(absent)
        if (use := self._beside.forbidden(used)) is not None:
            raise self._explain.forbidden_file(*use)

    def _make_ready(self, used: Sequence[str]) -> None:
        """A process that has loaded what these names rest on.

        Before the first input of a hidden test is there, everything is loaded: what becomes of a definition then can't
        depend on that input, and may be told.
        """
        while True:
            if (lost := self._loading.lost(used)) is not None:
                raise self._explain.lost(*lost, early=not self._told_of_hidden)
            if not self._exchange.running:
                self._start()
            wanted = self._loading.wanted(self._assignment.requires if self._hidden else used)
            if not wanted or self._load(wanted):
                return

    def _start(self) -> None:
        """A process that knows the probes and the student's text, none of which it has run."""
        self._exchange.start()
        self._loading.start_anew()
        names = self._source.module.closures
        question = {
            "probes": self._probes,
            "forbidden": names_to_close(self._assignment),
            "output_chars": self._limits.output_kb * 1024,
            "module": self._source.module.text,
            "file": self._source.file,
            "files": self._files,
            "rests_on": {name: sorted(self._loading.rests_on(name)) for name in names},
        }
        answer = self._exchange.ask(question, (self._load_time.next(), self._load_time.total))
        if "error" in answer:  # nothing of the student's has run yet
            self._exchange.end()
            if answer["error"]["kind"] == "changed":
                raise GradingFault("what the assignment forbids was changed a moment ago")
            raise UnusableAssignment(f"{self._assignment.probes}: {answer['error']}")

    def _load(self, wanted: Sequence[int]) -> bool:
        """Run these statements; False if one of them has ended the process."""
        asked, running = frozenset(wanted), list[int]()

        def step(frame: dict[str, Any]) -> bool:
            number = frame.get("running")
            if type(number) is not int or number not in asked or number <= (running[-1] if running else -1):
                return False  # whatever it is: each statement begins once, in their order
            running.append(number)
            return True

        question = {"load": list(wanted), "seed": self._seed}
        try:
            answer = self._exchange.ask(question, (self._load_time.next(), self._load_time.total), on_step=step)
        except Ended as ended:
            if ended.ending.how == "no-time-left" or not (running or self._loading.fresh):
                raise  # what ran in this process before has broken it
            if running:
                self._loading.ended_by(running[-1], ended.ending)
            else:
                self._loading.ended_somewhere(self._assignment.requires, ended.ending)
            return False
        self._hear(answer)
        if "error" in answer:
            self._exchange.end()
            raise self._explain.error(answer["error"])
        self._loading.took(wanted, answer.get("failed"))
        return True

    def _compare(self, probe: str, used: Sequence[str], asked: Any) -> None:
        """Hold what a probe took against what its text shows: by that it is decided whose text is looked at."""
        if self._assignment.forbidden and isinstance(asked, list):
            names = set(self._assignment.requires) - set(used)
            self._unseen.update((probe, name) for name in asked if type(name) is str and name in names)

    def _hear(self, answer: Mapping[str, Any]) -> None:
        """Keep what was printed."""
        printed = answer.get("printed")
        if not self._hidden and type(printed) is str:
            self.output = (self.output + printed)[-self._limits.output_kb * 1024 :]
