"""The grading core: throughput, latency, a burst, and what two thousand submissions leave behind."""

from __future__ import annotations

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import torch

from benchmarks.grading.homework import FOLDER, SOLUTION, TESTS, cell, notebook
from kafedra.course import Assignment, load_assignment
from kafedra.grading import Grader, Report

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
    with Grader() as grader:
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
        graders = [stack.enter_context(Grader()) for _ in range(workers)]
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
    """Resident memory in MiB of all our processes after a warm-up and at the end, and what was left over."""

    before: float
    after: float
    left_over: dict[str, int]

    @property
    def percent(self) -> float:
        return (self.after / self.before - 1) * 100


def growth(submissions: int) -> Growth:
    """One worker, ``submissions`` verdicts."""
    with Grader() as grader:
        for _ in range(50):
            grade(grader)
        before, world = _resident_mb(), _world()
        for _ in range(submissions):
            grade(grader)
        after, left = _resident_mb(), _world()
    left.subtract(world)
    return Growth(before, after, {name: count for name, count in left.items() if count > 0})


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


def _resident_mb() -> float:
    pages = 0
    for pid in _family():
        pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _world() -> Counter[str]:
    descriptors = sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in _family())
    mounts = len(Path("/proc/self/mounts").read_text().splitlines())
    temporary = len(list(Path("/tmp").iterdir()))
    return Counter(processes=len(_family()), descriptors=descriptors, mounts=mounts, files=temporary)
