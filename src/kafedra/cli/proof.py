"""The proof of a course's assignments as a page that a reader can check against a run of their own."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kafedra.grading.verification import Finding, Kind, Verification

_HEAD = """# What the assignments prove

Written by `kafedra assignment verify --all --write docs/develop/assignments.md` (`make verify`), not by hand:
{date}, {machine}; {workers} graders side by side.

Correct work (the author's solutions and the notebook with its own answers) must get full points on every seed within
half of its time; the notebook as it is given out gets nothing; with its answers it runs from top to bottom in the
sandbox; every mutant, a plausible wrong solution, loses points on a test that its header names, with the phrase that
its header expects.

| assignment | points | solutions | seeds | mutants caught | slowest correct run | of | the whole notebook | proven in |
|---|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Proof:
    """What was found of one assignment, and how many seconds it took."""

    verification: Verification
    seconds: float


def proof_page(proofs: Sequence[Proof], *, workers: int) -> str:
    """Markdown: a table of all, then what each assignment lacks, if anything."""
    head = _HEAD.format(date=f"{datetime.now(UTC):%d %B %Y}", machine=_machine(), workers=workers)
    rows = "".join(f"| {' | '.join(_row(proof))} |\n" for proof in proofs)
    whole = sum(proof.seconds for proof in proofs)
    return f"{head}{rows}\nAll of it took {_duration(whole)}.\n{''.join(_problems(proofs))}"


def _row(proof: Proof) -> Iterator[str]:
    verification = proof.verification
    found, assignment = verification.findings, verification.assignment
    mutants = [finding for finding in found if finding.kind is Kind.MUTANT]
    correct = [finding for finding in found if finding.kind in (Kind.SOLUTION, Kind.NOTEBOOK)]
    yield f"`{assignment.slug}`" + ("" if verification.proven else " **not proven**")
    yield f"{assignment.points:f}"
    yield str(len(assignment.solutions()))
    yield str(min((finding.runs for finding in correct), default=0))
    yield f"{sum(finding.proven for finding in mutants)} of {len(mutants)}"
    yield f"{verification.seconds:.1f} s"
    yield f"{assignment.limits.total_seconds:g} s"
    yield f"{max((finding.seconds for finding in found if finding.kind is Kind.REHEARSAL), default=0.0):.0f} s"
    yield _duration(proof.seconds)


def _problems(proofs: Sequence[Proof]) -> Iterator[str]:
    for proof in proofs:
        name = proof.verification.assignment.slug
        yield from (f"\n- `{name}`: {gap}" for gap in proof.verification.gaps)
        yield from (f"\n- `{name}`: {_problem(finding)}" for finding in proof.verification.findings if finding.problem)


def _problem(finding: Finding) -> str:
    return f"{finding.kind} `{finding.name}`: {finding.problem}"


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    torch = importlib.metadata.version("torch")
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}, torch {torch}"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
