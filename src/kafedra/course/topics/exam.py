"""`exam.toml`: what a topic gives to the bank of the exam, theory and practice. Never shown to students."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field

from kafedra.course.fields import Difficulty, FileModel, Many, Points, Slug, Words
from kafedra.course.problems import Problem
from kafedra.course.source import Source


class ExamPart(FileModel):
    """`[[theory.marks]]`, `[[practice.marks]]`: what a part of the answer earns, and how to see that it is there."""

    points: Points = Field(description="what this part earns")
    note: Words = Field(description="what must be in the answer, for whoever marks")


class TheoryQuestion(FileModel):
    """`[[theory]]`: a question to explain or derive something. Texts are Markdown with formulas."""

    slug: Slug = Field(description="its name in the bank")
    idea: Words = Field(description="what it finds out about the student, in one line")
    difficulty: Difficulty = Field(description="1 for what everybody must know, 2, or 3 for what few do")
    question: Words = Field(description="what is asked")
    answer: Words = Field(description="a model answer")
    marks: Many[ExamPart] = Field(min_length=1, description="a [[theory.marks]] table for each part of the answer")

    @property
    def points(self) -> Decimal:
        """What a whole answer earns."""
        return sum((part.points for part in self.marks), Decimal(0))


class PracticalProblem(FileModel):
    """`[[practice]]`: a problem to compute or to write code for."""

    slug: Slug = Field(description="its name in the bank")
    idea: Words = Field(description="what it finds out about the student, in one line")
    difficulty: Difficulty = Field(description="1 for what everybody must know, 2, or 3 for what few do")
    statement: Words = Field(description="what has to be done")
    solution: Words = Field(description="how it is done")
    marks: Many[ExamPart] = Field(min_length=1, description="a [[practice.marks]] table for each part of the solution")

    @property
    def points(self) -> Decimal:
        """What a whole solution earns."""
        return sum((part.points for part in self.marks), Decimal(0))


class ExamFile(FileModel):
    """The keys of `exam.toml`."""

    theory: Many[TheoryQuestion] = ()
    practice: Many[PracticalProblem] = ()


def exam_problems(source: Source, file: ExamFile) -> Iterator[Problem]:
    """Names differ, over theory and practice together."""
    first: dict[str, str] = {}
    named = [("theory", index, one.slug) for index, one in enumerate(file.theory)]
    named += [("practice", index, one.slug) for index, one in enumerate(file.practice)]
    for table, index, slug in named:
        if slug in first:
            message = f"must come once, it is also that of {first[slug]}"
            yield source.problem((table, index, "slug"), slug, message)
        first.setdefault(slug, f"{table}[{index}]")
