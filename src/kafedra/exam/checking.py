"""Whether every run's rule for an exam can be followed: its mark is one of the formula's, and the bank has enough."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kafedra.course import Course
from kafedra.course.problems import Problem
from kafedra.exam.bank import bank_of
from kafedra.exam.drafting import DraftError, draft


def rule_problems(course: Course) -> Iterator[Problem]:
    """Problems of `[[exam]]` that only the whole course shows."""
    bank = bank_of(course)
    for slug, run in course.runs.items():
        marks = [one.name for one in run.formula.marks]
        for number, rule in enumerate(run.exams, 1):
            file, key = Path("runs") / f"{slug}.toml", f"exam {number}"
            if rule.mark not in marks:
                message = f"mark must be one that the formula names: {', '.join(marks) or 'it names none'}"
                yield Problem(file, None, key, rule.mark, message)
            try:
                draft(bank, rule, seed=1)
            except DraftError as error:
                yield Problem(file, None, key, rule.mark, f"no paper can be drawn by this rule: {error}")
