"""`[formula]`, of a course or of a run: how points and marks make the grade."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from kafedra.course.fields import FileModel, Many, Points, PointsOrNone, Words
from kafedra.course.text import Localized
from kafedra.policy.scheme import Automat, Formula, Letter, Marked, Requirement, Rounding

FormulaText = Annotated[str, Field(min_length=1)]
KNOWN_TITLES = {"exam": Localized(ru="Экзамен", en="Exam")}


class MarkTable(FileModel):
    """`[formula.marks.NAME]`: something that people mark."""

    title: Localized | None = None
    most: Points | None = None
    unit: Literal["points", "percent"] = "points"
    admission: FormulaText | None = None
    unmarked: PointsOrNone | None = None


class AutomatTable(FileModel):
    """`[formula.automat]`: who may leave out the exam, and the grade it then is."""

    when: FormulaText = Field(description="the condition, such as 'O_hw >= 6'")
    total: FormulaText = Field(description="the grade, such as '10/14 * O_hw'")


class RequirementTable(FileModel):
    """`[[formula.required]]`: what must be reached, and the most that whoever doesn't can get."""

    condition: FormulaText = Field(description="the condition, such as 'exam >= 4'")
    otherwise: PointsOrNone = Field(description="the highest grade of those who don't meet it")


class LetterTable(FileModel):
    """`[[formula.letters]]`: a letter, and the total with which it begins."""

    least: PointsOrNone = Field(description="the total with which it begins")
    letter: Words = Field(description="the letter, such as 'A'")


class FormulaTable(FileModel):
    """The keys of `[formula]`."""

    total: FormulaText = Field(description="the formula of the grade, such as '0.7 * O_hw + 0.3 * exam'")
    parts: Mapping[str, FormulaText] = Field(default_factory=dict)
    marks: Mapping[str, MarkTable] = Field(default_factory=dict)
    automat: AutomatTable | None = None
    required: Many[RequirementTable] = ()
    letters: Many[LetterTable] = ()
    cap: Points = Decimal(10)
    rounding: Rounding = "half up"

    def policy(self) -> Formula:
        """The same as a value of `kafedra.policy`."""
        return Formula(
            total=self.total,
            parts=tuple(self.parts.items()),
            marks=tuple(_marked(name, table) for name, table in self.marks.items()),
            automat=Automat(self.automat.when, self.automat.total) if self.automat else None,
            required=tuple(Requirement(one.condition, one.otherwise) for one in self.required),
            letters=tuple(sorted((Letter(one.least, one.letter) for one in self.letters), key=_from_the_best)),
            cap=self.cap,
            rounding=self.rounding,
        )

    def mark_titles(self) -> dict[str, Localized]:
        """What people call each mark; one without a title is called by its name."""
        return {
            name: table.title or KNOWN_TITLES.get(name) or Localized.same(name) for name, table in self.marks.items()
        }


def _marked(name: str, table: MarkTable) -> Marked:
    whole = Decimal(100) if table.unit == "percent" else Decimal(10)
    return Marked(name, whole if table.most is None else table.most, table.unit, table.admission, table.unmarked)


def _from_the_best(letter: Letter) -> Decimal:
    return -letter.least
