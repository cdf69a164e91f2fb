"""The grading core: throughput, latency, a burst, and what two thousand submissions leave behind."""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import torch

from benchmarks.grading.homework import FOLDER, SOLUTION, TESTS, cell, notebook
from kafedra.course import Assignment, load_assignment
from kafedra.grading import Grader, Report

_SAMPLE_EVERY: Final = 50
FILES: Final = {"four-tests.ipynb": notebook(cell(SOLUTION)).encode()}


@dataclass(frozen=True)
class Latency:
    """Seconds of single verdicts by one warm grader, and where a median one goes."""

    median: float
    p95: float
    stages: dict[str, float]


def assignment() -> Assignment:
    return load_assignment(FOLDER)


def grade(grader: Grader) -> Report:
    """One verdict; anything but full marks is a failure of the measurement."""
    report = grader.grade(assignment(), FILES)
    if report.points != report.max_points:
        raise RuntimeError(f"not full marks: {report}")
    return report


def latency(verdicts: int) -> Latency:
    """One warm grader, one submission after another."""
    with Grader(assignment().environment) as grader:
        for _ in range(3):
            grade(grader)
        seconds, reports = [], []
        for _ in range(verdicts):
            started = time.monotonic()
            reports.append(grade(grader))
            seconds.append(time.monotonic() - started)
    names = reports[0].timings
    stages = {name: median(report.timings[name] for report in reports) for name in names}
    stages["processes"] = median(seconds) - sum(stages.values())
    return Latency(median(seconds), quantiles(seconds, n=20)[-1], stages)


def in_process_seconds(repeats: int = 50) -> float:
    """The four tests themselves, with nothing around them: student and torch in one process, all warm."""
    names: dict[str, type[torch.nn.Module]] = {}
    exec(SOLUTION, names)
    seconds = []
    for _ in range(repeats):
        started = time.monotonic()
        for mine, theirs in TESTS.items():
            x = torch.randn(64, 64)
            assert torch.allclose(names[mine]()(x), getattr(torch.nn, theirs)()(x), atol=1e-6)
        seconds.append(time.monotonic() - started)
    return median(seconds)


def burst(submissions: int, workers: int) -> tuple[float, float]:
    """All arrive at once: verdicts per minute, and the 95th percentile of the wait for a verdict in seconds."""
    with ExitStack() as stack:
        graders = [stack.enter_context(Grader(assignment().environment)) for _ in range(workers)]
        for grader in graders:
            grade(grader)
        started = time.monotonic()

        def work(grader: Grader) -> list[float]:
            done = []
            while waiting:
                waiting.pop()
                grade(grader)
                done.append(time.monotonic() - started)
            return done

        waiting = list(range(submissions))
        with ThreadPoolExecutor(workers) as pool:
            finished = sorted(second for seconds in pool.map(work, graders) for second in seconds)
    if len(finished) < submissions:
        raise RuntimeError("a submission was lost")
    return submissions / finished[-1] * 60, quantiles(finished, n=20)[-1]


@dataclass(frozen=True)
class Growth:
    """Resident memory in MiB of all our processes after a warm-up, the most later, and what was left over."""

    before: float
    most: float
    left_over: dict[str, int]

    @property
    def percent(self) -> float:
        return (self.most / self.before - 1) * 100


def growth(submissions: int) -> Growth:
    """One worker, ``submissions`` verdicts, in a folder for temporary files of its own.

    The worker's processes renew themselves on the way, so that the end says little: what counts is the most
    memory that was seen between two verdicts.
    """
    with _own_temporary_folder(), Grader(assignment().environment) as grader:
        for _ in range(_SAMPLE_EVERY):
            grade(grader)
        before, world, most = _resident_at_rest(), _world(), 0.0
        for number in range(1, submissions + 1):
            grade(grader)
            if number % _SAMPLE_EVERY == 0:
                most = max(most, _resident_at_rest())
        left = _world()
    left.subtract(world)
    return Growth(before, most, {name: count for name, count in left.items() if count > 0})


@contextmanager
def _own_temporary_folder() -> Iterator[None]:
    """Whatever the grader leaves behind is seen, and what others write to /tmp meanwhile is not."""
    with tempfile.TemporaryDirectory(prefix="kafedra-growth-") as name:
        before = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = tempfile.tempdir = name
        try:
            yield
        finally:
            tempfile.tempdir = None
            os.environ.pop("TMPDIR")
            if before is not None:
                os.environ["TMPDIR"] = before


def _family() -> list[int]:
    """This process and all its descendants."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    family = {os.getpid()}
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    return sorted(family)


def _resident_at_rest() -> float:
    """The least of some looks in a fifth of a second: who has given its verdict and is on its way out is no growth."""
    looks = []
    for _ in range(8):
        time.sleep(0.025)
        looks.append(_resident_mb())
    return min(looks)


def _resident_mb() -> float:
    pages = 0
    for pid in _family():
        with suppress(OSError):  # a judge that has given its verdict and just left
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _world() -> Counter[str]:
    descriptors = 0
    for pid in _family():
        with suppress(OSError):
            descriptors += len(list(Path(f"/proc/{pid}/fd").iterdir()))
    mounts = len(Path("/proc/self/mounts").read_text().splitlines())
    temporary = sum(1 for _ in Path(tempfile.gettempdir()).rglob("*"))
    return Counter(processes=len(_family()), descriptors=descriptors, mounts=mounts, files=temporary)
