"""The gradebook as a table for spreadsheets, in the language of the page. Values are exact, not as they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from kafedra import policy
from kafedra.course import distinct
from kafedra.policy.scheme import blitz_of
from kafedra.web.frame.spreadsheets import Cell
from kafedra.web.gradebook.choosing import Choice
from kafedra.web.gradebook.table import Gradebook
from kafedra.web.people.students import group_of
from kafedra.web.recordbook.models import FrozenGrade
from kafedra.web.standings.personal import PersonalStanding

EXACT, ROUNDED = 9, 4  # decimals


def table(book: Gradebook, frozen: Mapping[int, FrozenGrade]) -> Iterator[Sequence[Cell]]:
    """The titles, then a row for each student; an empty cell where nothing was graded.

    Blitzes, in per cent, where the formula asks for them; `frozen` grades once there are any.
    """
    formula = book.scheme.formula
    parts = [name for name in book.scheme.numbers if name != policy.HOMEWORK]
    automat = [_("Automat")] if formula.automat else []
    letter = [_("Letter")] if formula.letters else []
    ends = ["O_total", _("In the record book"), *letter, *([_("Frozen")] if frozen else [])]
    topics = book.scheme.topics if book.scheme.asks_blitzes else ()
    blitzes = [_("blitz of topic %(n)s") % {"n": topic} for topic in topics]
    known = [_("Login"), _("Name"), _("Group")]
    titles = list(distinct(book.called(parts), (*known, policy.HOMEWORK, *blitzes, *automat, *ends)).values())
    works, named = titles[: len(book.columns)], titles[len(book.columns) :]
    yield [*known, *works, policy.HOMEWORK, *named, *blitzes, *automat, *ends]
    for row in book.rows:
        grade = frozen.get(row.student.pk)
        cells = _cells(row, parts, [row.marks.get(blitz_of(topic)) for topic in topics], formula)
        yield [*cells, grade.record if grade else None] if frozen else cells


def file_name(run: str, choice: Choice, ending: str) -> str:
    """What the file is called: it says whether somebody may be missing from it."""
    return f"gradebook-{run}{'-selection' if choice.restricts else ''}.{ending}"


def _cells(
    row: PersonalStanding, parts: Sequence[str], blitzes: Sequence[Decimal | None], formula: policy.Formula
) -> list[Cell]:
    standing = row.standing
    automat = _("yes") if standing.automat else _("no")
    return [
        row.student.username,
        row.student.display_name,
        group_of(row.student),
        *row.points,
        _cell(standing.homework),
        *(_cell(standing.grade.components[name]) for name in parts),
        *(None if value is None else _cell(Fraction(value)) for value in blitzes),
        *([automat] if formula.automat else []),
        None if standing.total is None else policy.quantize(standing.total, 2),
        standing.record_grade,
        *([standing.letter or ""] if formula.letters else []),
    ]


def _cell(value: Fraction | None) -> Decimal | None:
    """Exactly where decimals can; a third has as many of them as a spreadsheet shows."""
    if value is None:
        return None
    exact = policy.quantize(value, EXACT)
    return exact.normalize() + 0 if Fraction(exact) == value else policy.quantize(value, ROUNDED)
