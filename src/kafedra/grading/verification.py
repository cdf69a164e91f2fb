"""The proof that an assignment is fair: right work gets everything, wrong work loses points where it is wrong.

Six things are looked at. The author's *solutions* and the *notebook* with its own answers must get full
points on every seed; the *blank* student version must get nothing and break nothing; every *mutant* must
lose points on a test that its header names, with the phrase that its header expects in the message. The
notebook with its answers must run from *top to bottom* in the sandbox. And what is *forbidden* must be refused, be it
spelled or called.
"""

from __future__ import annotations

import queue
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final

from kafedra.course import Assignment, CourseError, Mutant, first_files, handed_in_as, read_mutant
from kafedra.grading.expectations import SAFETY, blank_problem, mutant_problem, solution_problem
from kafedra.grading.faults import GradingError
from kafedra.grading.grader import Grader
from kafedra.grading.holding import Statement
from kafedra.grading.prohibition import let_through, spelled_problem
from kafedra.grading.rehearsal import rehearse, seconds_for
from kafedra.grading.report import Report
from kafedra.notebooks import BuildError, build_solution_notebook, student_files

MUTANT_SEEDS: Final = 3
MIN_SOLUTIONS: Final = 2
MIN_MUTANTS: Final = 10


class Kind(StrEnum):
    """What a piece of work is in the proof."""

    SOLUTION = "solution"
    NOTEBOOK = "notebook"
    BLANK = "blank"
    MUTANT = "mutant"
    REHEARSAL = "top to bottom"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True)
class WorkFinding:
    """What was found of one piece of work. ``problem`` is empty if it behaved as it must.

    ``points`` are the worst over the runs: the fewest for correct work, the most for the blank version; of a
    mutant only the tests that must catch it are run, ``caught_by``, so it has none; nor has a rehearsal.
    ``seconds`` is the slowest run.
    """

    kind: Kind
    name: str
    problem: str
    points: Decimal | None = None
    seconds: float = 0.0
    runs: int = 0
    caught_by: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        return not self.problem


@dataclass(frozen=True)
class Verification:
    """All findings on an assignment, and what the proof itself lacks (too few mutants, a rule without a test)."""

    assignment: Assignment
    findings: tuple[WorkFinding, ...]
    gaps: tuple[str, ...]

    @property
    def proven(self) -> bool:
        return not self.gaps and self.sound

    @property
    def sound(self) -> bool:
        """Whether all that is there behaves as it must, be it enough for a proof or not."""
        return all(finding.proven for finding in self.findings)

    @property
    def seconds(self) -> float:
        """The slowest run of correct work."""
        correct = (finding for finding in self.findings if finding.kind in (Kind.SOLUTION, Kind.NOTEBOOK))
        return max((finding.seconds for finding in correct), default=0.0)


def work_count(assignment: Assignment) -> int:
    """How many findings :func:`verify` will make."""
    return len(list(_tasks(assignment, 1)))


def verify(
    assignment: Assignment,
    *,
    graders: Sequence[Grader],
    seeds: int | None = None,
    on_finding: Callable[[WorkFinding], None] = lambda _: None,
) -> Verification:
    """Grade everything that the assignment's folder holds; ``graders`` work side by side.

    ``seeds`` is the number of runs of each correct solution (by default the assignment's own). They are 0, 1,
    2 …, so that a finding can be repeated. Broken tests, a student version that can't be built and a mutant
    without a header are findings, not errors.
    """
    tasks = list(_tasks(assignment, seeds or assignment.seeds))
    idle: queue.SimpleQueue[Grader] = queue.SimpleQueue()
    for grader in graders:
        idle.put(grader)

    def run(task: _Task) -> WorkFinding:
        grader = idle.get()
        try:
            return task.run(grader)
        finally:
            idle.put(grader)

    found: dict[int, WorkFinding] = {}
    with ThreadPoolExecutor(max_workers=len(graders)) as pool:
        futures = {pool.submit(run, task): number for number, task in enumerate(tasks)}
        for future in as_completed(futures):
            found[futures[future]] = future.result()
            on_finding(found[futures[future]])
    return Verification(assignment, tuple(found[number] for number in sorted(found)), tuple(_gaps(assignment)))


def _gaps(assignment: Assignment) -> Iterator[str]:
    if assignment.by_hand:  # a person marks it: there is nothing to be caught
        return
    solutions, mutants = len(assignment.solutions()), len(assignment.mutants())
    if solutions < MIN_SOLUTIONS:
        yield f"solutions/: {solutions}, at least {MIN_SOLUTIONS} written independently are needed"
    if mutants < MIN_MUTANTS:
        yield f"mutants/: {mutants}, at least {MIN_MUTANTS} are needed"
    yield from Statement(assignment).problems()


def _tasks(assignment: Assignment, seeds: int) -> Iterator[_Task]:
    if assignment.by_hand:
        if assignment.is_code:
            yield _Task(assignment, Kind.REHEARSAL, assignment.notebook, 1)
        yield _Task(assignment, Kind.BLANK, assignment.notebook, 1)
        return
    for path in assignment.solutions():
        yield _Task(assignment, Kind.SOLUTION, path.stem, seeds, path)
    if assignment.is_code:
        yield _Task(assignment, Kind.NOTEBOOK, assignment.notebook, seeds)
        yield _Task(assignment, Kind.REHEARSAL, assignment.notebook, 1)
    yield _Task(assignment, Kind.BLANK, assignment.notebook, 1)
    if assignment.forbidden:
        yield _Task(assignment, Kind.FORBIDDEN, "forbidden APIs", 1)
    for path in assignment.mutants():
        yield _Task(assignment, Kind.MUTANT, path.stem, min(seeds, MUTANT_SEEDS), path)


@dataclass(frozen=True)
class _Task:
    """One piece of work and what must become of it."""

    assignment: Assignment
    kind: Kind
    name: str
    seeds: int
    path: Path | None = None

    def run(self, grader: Grader) -> WorkFinding:
        reports: list[Report] = []
        try:
            if self.kind is Kind.REHEARSAL:
                reports.append(rehearse(self.assignment, grader))
                return self._finding(solution_problem(reports[0], seconds_for(self.assignment.limits)), reports)
            if self.kind is Kind.FORBIDDEN:
                found = spelled_problem(self.assignment) or let_through(self.assignment, grader, reports)
                return self._finding(found, reports)
            mutant = self._mutant()
            files = self._files(mutant)
            only = () if mutant is None else mutant.caught_by
            for seed in range(self.seeds):
                reports.append(self._graded(grader, files, seed, only))
                if problem := self._problem(reports[-1], mutant):
                    if mutant is not None:  # all tests: another one may have caught it
                        whole = self._graded(grader, files, seed)
                        problem = self._problem(whole, mutant) or problem
                    return self._finding(f"seed {seed}: {problem}", reports, only)
        except (GradingError, CourseError, BuildError) as error:
            return self._finding(str(error), reports)
        return self._finding("", reports, only)

    def _graded(self, grader: Grader, files: Mapping[str, bytes], seed: int, only: Sequence[str] = ()) -> Report:
        language = self.assignment.language
        return grader.grade(self.assignment, files, seed=seed, only=only, language=language, reveal=True)

    def _files(self, mutant: Mutant | None) -> Mapping[str, bytes]:
        if mutant is not None:
            return mutant.files or {f"{self.assignment.slug}.py": mutant.code.encode()}
        if self.path is not None:
            return handed_in_as(self.assignment, self.path)
        if self.kind is Kind.BLANK:
            return student_files(self.assignment)
        with tempfile.TemporaryDirectory(prefix="kafedra-verify-") as folder:
            notebook = Path(folder) / self.assignment.notebook
            build_solution_notebook(self.assignment, notebook)
            return {notebook.name: notebook.read_bytes(), **first_files(self.assignment)}

    def _mutant(self) -> Mutant | None:
        if self.kind is not Kind.MUTANT or self.path is None:
            return None
        return read_mutant(self.path, shown_from=self.assignment.root)

    def _problem(self, report: Report, mutant: Mutant | None) -> str:
        """What is wrong with a report on this work; empty if nothing is."""
        if mutant is not None:
            return mutant_problem(report, mutant)
        if self.kind is Kind.BLANK:
            return blank_problem(report)
        return solution_problem(report, self.assignment.limits.total_seconds / SAFETY)

    def _finding(self, problem: str, reports: Sequence[Report], caught_by: tuple[str, ...] = ()) -> WorkFinding:
        slowest = max((report.seconds for report in reports), default=0.0)
        points = [report.points for report in reports]
        worst: Decimal | None = None
        if points and self.kind not in (Kind.MUTANT, Kind.REHEARSAL, Kind.FORBIDDEN):
            worst = max(points) if self.kind is Kind.BLANK else min(points)
        return WorkFinding(self.kind, self.name, problem, worst, slowest, len(reports), caught_by)
