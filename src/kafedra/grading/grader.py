"""The grader: one warm judge and one warm sandbox, grading one submission at a time.

A worker that wants to use two cores has two graders.
"""

from __future__ import annotations

import math
import secrets
import select
import socket
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

from pydantic import ValidationError

from kafedra.course import Assignment, Environment, Language
from kafedra.grading import packets, processes, wire
from kafedra.grading.cache import Cache, remove_abandoned
from kafedra.grading.channel import BadFrame, Channel, Closed, TimedOut
from kafedra.grading.exposure import exposed
from kafedra.grading.faults import GradingFault, NoGpu, SandboxUnavailable, UnusableAssignment
from kafedra.grading.fingerprint import bundle_digest, environment_digest, mark_of
from kafedra.grading.judge.exchange import JUDGE_SECONDS, LOADS
from kafedra.grading.judge.forbidden import names_to_close
from kafedra.grading.judge.patience import MOST
from kafedra.grading.judge.source import MAX_BESIDE_MB, find_submission
from kafedra.grading.processes import WarmProcess
from kafedra.grading.report import Report, TestReport, coarse
from kafedra.grading.sandbox import gpu, programs, wall
from kafedra.grading.sandbox.interpreter import find_interpreter
from kafedra.grading.wire import Promise
from kafedra.notebooks.reading import MAX_FILE_MB
from kafedra.walls.facts import look_around
from kafedra.walls.places import elsewhere

_MARGIN_SECONDS: Final = JUDGE_SECONDS + 15.0  # a judge that keeps its own time ends before it is ended
_CLEAN_UP_SECONDS: Final = 10.0
_COLLECT_SECONDS: Final = 60
_FRAME_LIMIT: Final = 64 * 2**20
_SEEDS: Final = 2**53  # too many to try out; still exact as a number in JSON

Progress = Callable[[TestReport], None]


@dataclass(frozen=True)
class Renewal:
    """When warm processes are replaced: after so many jobs, or when they hold ``growth`` times what they held fresh.

    A fresh pair costs two seconds, a leak costs a night. They are weighed after every ``weigh_every`` jobs.
    """

    after: int = 1000
    weigh_every: int = 50
    growth: float = 1.25


class Grader:
    """Grades submissions of assignments that share an environment.

    Use as a context manager, or call :meth:`start` and :meth:`close`. Thread-safe: calls queue up.
    """

    def __init__(
        self,
        environment: Environment | None = None,
        *,
        cores: Collection[int] = (),
        gpu: int | None = None,
        renewal: Renewal = Renewal(),
    ) -> None:
        """``cores``: the processors that the student's code may use; none means all.

        ``gpu``: which card it may use where the environment asks for one; None means the first that there is.
        """
        self._environment = environment or Environment()
        self._cores = sorted(cores)
        self._card = gpu
        self._renewal = renewal
        self._judge: WarmProcess | None = None
        self._keeper: WarmProcess | None = None
        self._cache: Cache | None = None
        self._jobs = 0
        self._weight = 0  # bytes that both processes held when they were fresh
        self._lock = threading.Lock()

    def start(self) -> None:
        """Warm up both processes (≈ 2 s with torch).

        Raises :class:`~kafedra.grading.faults.SandboxUnavailable` and :class:`~kafedra.grading.faults.NoGpu`.
        """
        if place := elsewhere(look_around()):
            raise SandboxUnavailable(place.cause, place.remedy)
        preload, threads = self._environment.preload, self._environment.threads
        devices = self._devices()
        interpreter = find_interpreter(self._environment.python)
        remove_abandoned()
        self._cache = Cache()
        environment = processes.judge_environment(threads, self._cache.path)
        try:
            self._keeper = processes.start(
                "sandbox", lambda fd: wall.command(fd, interpreter, preload, threads, devices), wall.ENVIRONMENT
            )
            self._judge = processes.start(
                "judge", lambda fd: processes.judge_command(interpreter.executable, fd, preload), environment
            )
            processes.wait_until_ready(self._keeper, self._judge, interpreter.executable)
        except BaseException:
            self.close()
            raise
        self._jobs = 0
        self._weight = self.resident_bytes

    def _devices(self) -> tuple[str, ...]:
        """Device files of the card, where the environment asks for one."""
        if not self._environment.gpu:
            return ()
        cards = gpu.cards()
        if not cards or (self._card is not None and self._card not in cards):
            raise NoGpu("the assignment needs a GPU, and this machine has none")
        return gpu.device_files(cards[0] if self._card is None else self._card)

    def close(self) -> None:
        """End both processes and all that they started."""
        for process in (self._judge, self._keeper):
            if process is not None:
                process.close()
        self._judge = self._keeper = None
        if self._cache is not None:
            self._cache.remove()
            self._cache = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def grade(
        self,
        assignment: Assignment,
        files: Mapping[str, bytes],
        *,
        seed: int | None = None,
        language: Language = "ru",
        public_only: bool = False,
        only: Collection[str] = (),
        reveal: bool = False,
        on_progress: Progress = lambda _: None,
    ) -> Report:
        """The report on ``files`` (relative path → content); only the assignment's notebook is read.

        ``seed`` repeats an earlier run; ``on_progress`` hears of each test as it ends; ``reveal`` keeps the
        messages of hidden tests; ``only`` names the test functions to run (none means all), for authors. Raises
        :class:`~kafedra.grading.faults.GradingFault` (try again), and (don't)
        :class:`~kafedra.grading.faults.UnusableAssignment`, :class:`~kafedra.grading.faults.NoGpu` and
        :class:`~kafedra.grading.faults.SandboxUnavailable`.
        """
        if seen := exposed(assignment.root, self._environment.python):
            raise UnusableAssignment(
                f"{assignment.root}: students' code can read {seen}, so it would see the hidden tests: move the course"
            )
        if lacking := programs.absent(assignment.environment.programs):
            raise UnusableAssignment(
                f"{assignment.slug}: {', '.join(lacking)} is not installed on this machine: "
                f"environment.programs names what its package has to bring (apt-get install)"
            )
        job = {
            "assignment": str(assignment.root.resolve()),
            "files": graded_files(assignment, files),
            "seed": secrets.randbelow(_SEEDS) if seed is None else seed,
            "language": language,
            "public_only": public_only,
            "only": list(only),
            "reveal": reveal,
        }
        bundle = bundle_digest(assignment)
        with self._lock:
            started = time.monotonic()
            self._ensure_warm()
            try:
                report = self._run(assignment, job, bundle, on_progress)
                self._wait_for_clean_up()
            except UnusableAssignment:
                raise  # the judge's own words: both processes are well
            except OSError as error:
                self.close()
                raise GradingFault(str(error)) from None
            except BaseException:
                self.close()  # whatever went wrong, the next submission gets fresh processes
                raise
            mark = mark_of(assignment, files, bundle, environment_digest(assignment.environment))
            found = {"seconds": round(time.monotonic() - started, 4), "fingerprint": mark}
            report = report.model_copy(update=found)
            return report if reveal else coarse(report)

    def promise(self, assignment: Assignment) -> Promise:
        """The assignment's tests as their author wrote them: collected by the judge, none is run.

        Raises :class:`~kafedra.grading.faults.GradingFault` and :class:`~kafedra.grading.faults.UnusableAssignment`.
        """
        job = {"assignment": str(assignment.root.resolve()), "collect": True}
        with self._lock:
            self._ensure_warm()
            assert self._judge is not None
            ours, theirs = socket.socketpair()
            judge_link, nobody = packets.pair()
            with ours:
                with theirs, judge_link, nobody:
                    packets.send(self._judge.control, {"alarm": _COLLECT_SECONDS}, theirs.fileno(), judge_link.fileno())
                channel = Channel(ours, limit=_FRAME_LIMIT)
                answer = _last_answer(channel, job, time.monotonic() + _COLLECT_SECONDS, lambda _: None)
        if not isinstance(answer, wire.Collected):
            raise GradingFault(f"the judge answered {answer.kind!r} where the tests were asked for")
        return answer.tests

    def _ensure_warm(self) -> None:
        fresh = self._judge is not None and self._keeper is not None
        if not fresh or self._jobs >= self._renewal.after or not self._alive() or self._has_grown():
            self.close()
            self.start()
        self._jobs += 1

    @property
    def resident_bytes(self) -> int:
        """Memory that both warm processes hold now; 0 without them."""
        return sum(process.resident_bytes for process in (self._judge, self._keeper) if process is not None)

    def _has_grown(self) -> bool:
        due = self._jobs % self._renewal.weigh_every == 0
        return due and self.resident_bytes > self._weight * self._renewal.growth

    def _alive(self) -> bool:
        return all(process is not None and process.alive for process in (self._judge, self._keeper))

    def _run(self, assignment: Assignment, job: dict[str, Any], bundle: str, on_progress: Progress) -> Report:
        assert self._judge is not None
        assert self._keeper is not None
        limits = assignment.limits
        # the judge may give back what the student's processes wait for a processor, so it has to live as long as that
        seconds = (1 + MOST) * limits.total_seconds + LOADS * limits.load_seconds + _MARGIN_SECONDS
        ours, theirs = socket.socketpair()
        judge_link, keeper_link = packets.pair()
        with ours:
            with theirs, judge_link, keeper_link:
                packets.send(self._keeper.control, self._keeper_job(assignment, seconds), keeper_link.fileno())
                order = {"alarm": math.ceil(seconds), "tests": bundle}
                order |= {key: job[key] for key in ("assignment", "language")}
                packets.send(self._judge.control, order, theirs.fileno(), judge_link.fileno())
            try:
                return _converse(Channel(ours, limit=_FRAME_LIMIT), job, time.monotonic() + seconds + 5, on_progress)
            except UnusableAssignment:
                self._wait_for_clean_up()
                raise

    def _keeper_job(self, assignment: Assignment, wall_seconds: float) -> dict[str, Any]:
        limits = assignment.limits
        return {
            "wall_seconds": wall_seconds,
            "forbidden": names_to_close(assignment),
            "limits": {
                "memory_mb": limits.memory_mb,
                "processes": limits.processes,
                "file_mb": limits.file_mb,
                "files": limits.files,
                "programs": list(assignment.environment.programs),
                "cpu_seconds": math.ceil(limits.total_seconds + limits.load_seconds),
                "cores": self._cores,
                "gpu": self._environment.gpu,
            },
        }

    def _wait_for_clean_up(self) -> None:
        """The keeper says when no process of the submission is left; only then is the verdict given."""
        assert self._keeper is not None
        ready, _, _ = select.select([self._keeper.control], [], [], _CLEAN_UP_SECONDS)
        if not ready:
            raise GradingFault("the sandbox was not cleaned up in time")
        try:
            packets.receive(self._keeper.control)
        except EOFError:
            raise GradingFault("the sandbox's keeper died") from None


def graded_files(assignment: Assignment, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Only what is graded goes on to the judge: the one file, and those that the assignment names beside it.

    No more of it than can be read: where the others are too large together, the judge says so by the first of them.
    """
    name = find_submission(assignment, files)
    chosen = {} if name is None else {name: files[name][: MAX_FILE_MB * 2**20 + 1]}
    left = MAX_BESIDE_MB * 2**20 + 1
    for other in assignment.handed_in[1:]:
        if other in files and other != name and left > 0:
            chosen[other] = files[other][:left]
            left -= len(chosen[other])
    return chosen


def _converse(channel: Channel, job: dict[str, Any], deadline: float, on_progress: Progress) -> Report:
    """Hand the judge its job and take what it says until the report."""
    answer = _last_answer(channel, job, deadline, on_progress)
    if not isinstance(answer, wire.Made):
        raise GradingFault(f"the judge answered {answer.kind!r} where a report was asked for")
    return answer.report


def _last_answer(
    channel: Channel, job: dict[str, Any], deadline: float, on_progress: Progress
) -> wire.Made | wire.Collected:
    try:
        channel.send(job, deadline=deadline)
        while True:
            answer = wire.read(channel.receive(deadline=deadline))
            if isinstance(answer, wire.Failed):
                raise answer.error()
            if not isinstance(answer, wire.Ended):
                return answer
            on_progress(answer.test)
    except (Closed, TimedOut, BadFrame, ValidationError) as error:
        raise GradingFault(f"the judge did not finish: {type(error).__name__} {error}") from None
