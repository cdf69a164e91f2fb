"""What the run's file says of an exam: its rule, its title, how much its mark is."""

from __future__ import annotations

from decimal import Decimal

from kafedra.course.exam_rule import ExamRule
from kafedra.web.frame.language import spoken
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run

TEN = Decimal(10)


def rule_of(run: Run, mark: str) -> ExamRule | None:
    """What the run's file says of the exam for this mark."""
    return next((one for one in course.current().runs[run.slug].exams if one.mark == mark), None)


def title_of(run: Run, mark: str) -> str:
    """What people call the mark."""
    title = course.current().runs[run.slug].mark_titles.get(mark)
    return title.in_(spoken()) if title else mark


def most_of(run: Run, mark: str) -> Decimal:
    """The whole mark: 10, unless the formula says otherwise."""
    return next((one.most for one in terms.in_force(run.slug).formula.marks if one.name == mark), TEN)
