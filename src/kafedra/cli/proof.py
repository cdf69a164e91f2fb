"""The proof of a course's assignments as a page that a reader can check against a run of their own.

Proving everything takes long, so each assignment has a row of its own, with its date: proving one again replaces it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kafedra.grading.verification import Kind, Verification, WorkFinding

_HEAD: Final = """# What the assignments prove

Written by `kafedra assignment verify --all --write docs/develop/assignments.md` (`make verify`), not by hand.
With the name of an assignment in place of `--all`, its row is written anew.

Correct work (the author's solutions and the notebook with its own answers) must get full points on every seed within
half of its time; the notebook as it is given out gets nothing; with its answers it runs from top to bottom in the
sandbox; every mutant, a plausible wrong solution, loses points on a test that its header names, with the phrase that
its header expects.

| assignment | points | solutions | seeds | mutants caught | slowest run | of | whole notebook | proven | on | in |
|---|---|---|---|---|---|---|---|---|---|---|
"""
_SLUG: Final = re.compile(r"^(?:\| |- )`([a-z0-9-]+)`")


@dataclass(frozen=True)
class Proof:
    """What was found of one assignment by so many graders side by side, and how many seconds it took."""

    verification: Verification
    seconds: float
    graders: int


def write_page(page: Path, proof: Proof) -> None:
    """Put the row of an assignment, and what it lacks, into the page; the rows of the others stay."""
    slug = proof.verification.assignment.slug
    kept = page.read_text("utf-8").splitlines() if page.exists() else []
    others = [(match[1], line) for line in kept if (match := _SLUG.match(line)) and match[1] != slug]
    rows = [*((name, line) for name, line in others if line.startswith("|")), (slug, f"| {' | '.join(_row(proof))} |")]
    problems = [*((name, line) for name, line in others if line.startswith("-")), *_problems(proof)]
    parts = [line for _, line in sorted(rows)]
    if problems:
        parts += ["", *(line for _, line in sorted(problems))]
    page.write_text(_HEAD + "\n".join(parts) + "\n", "utf-8")


def _row(proof: Proof) -> Iterator[str]:
    verification = proof.verification
    found, assignment = verification.findings, verification.assignment
    mutants = [finding for finding in found if finding.kind is Kind.MUTANT]
    correct = [finding for finding in found if finding.kind in (Kind.SOLUTION, Kind.NOTEBOOK)]
    yield f"`{assignment.slug}`"
    yield f"{assignment.points:f}"
    yield str(len(assignment.solutions()))
    yield str(min((finding.runs for finding in correct), default=0))
    yield f"{sum(finding.proven for finding in mutants)} of {len(mutants)}"
    yield f"{verification.seconds:.1f} s"
    yield f"{assignment.limits.total_seconds:g} s"
    yield f"{max((finding.seconds for finding in found if finding.kind is Kind.REHEARSAL), default=0.0):.0f} s"
    yield f"{datetime.now(UTC):%d %B %Y}" if verification.proven else "**no**"
    yield f"{_machine()}, {proof.graders} at a time"
    yield _duration(proof.seconds)


def _problems(proof: Proof) -> Iterator[tuple[str, str]]:
    slug = proof.verification.assignment.slug
    yield from ((slug, f"- `{slug}`: {gap}") for gap in proof.verification.gaps)
    yield from ((slug, f"- `{slug}`: {_problem(one)}") for one in proof.verification.findings if one.problem)


def _problem(finding: WorkFinding) -> str:
    return f"{finding.kind} `{finding.name}`: {' '.join(finding.problem.split())}"


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
