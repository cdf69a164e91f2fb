"""Reads of second marking: what one marker may see, how far it is, where two differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from kafedra.web.exams.models import Exam, Mark, Opinion, Paper
from kafedra.web.exams.rules import rule_of
from kafedra.web.exams.selectors import Cell
from kafedra.web.people.models import User

Place = tuple[int, int, int]  # a paper's id, the question and the part, both from 0


def asks_two(exam: Exam) -> bool:
    """Whether the run's rule wants two markers."""
    rule = rule_of(exam.run, exam.mark)
    return rule is not None and rule.markers > 1


def bound_of(exam: Exam) -> Decimal:
    """How many points two markers may differ without a decision."""
    rule = rule_of(exam.run, exam.mark)
    return rule.differ if rule else Decimal(0)


def opinions(papers: Collection[int]) -> dict[Place, list[Opinion]]:
    """What was given so far, the earlier first."""
    found = defaultdict[Place, list[Opinion]](list)
    for row in Opinion.objects.filter(paper__in=papers).select_related("by").order_by("pk"):
        found[row.paper_id, row.place, row.part].append(row)
    return found


def as_seen(exam: Exam, shown: Sequence[Sequence[Cell]], who: User, *, decides: bool) -> list[list[Cell]]:
    """The same parts as this marker may see them; who `decides` may change what two agreed on.

    After publication, and with one marker, nothing is hidden.
    """
    if exam.published_at is not None or not asks_two(exam):
        return [list(row) for row in shown]
    given = opinions({cell.paper.pk for row in shown for cell in row})
    return [
        [_seen(cell, given.get((cell.paper.pk, cell.place, cell.part), []), who, decides) for cell in row]
        for row in shown
    ]


def _seen(cell: Cell, given: Sequence[Opinion], who: User, decides: bool) -> Cell:
    mine = next((one for one in given if one.by_id == who.pk), None)
    if cell.mark is not None:
        return replace(cell, closed=not decides, said=both(given))
    if len(given) > 1:
        said = both(given) + "; " + _("waits for a decision") if mine else _("two colleagues have marked it")
        return replace(cell, closed=True, said=said, mark=None)
    if mine is None:
        return cell
    own = Mark(points=mine.points, reason=mine.reason, by=mine.by)
    return replace(cell, mark=own, said=_("waits for the second marker"))


def both(given: Sequence[Opinion]) -> str:
    """«Вера Инбер: 1, Осип Мандельштам: 0.5»."""
    return ", ".join(f"{one.by.get_full_name()}: {one.points.normalize():f}" for one in given)


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that two have marked too differently, and nobody has decided about."""

    paper: Paper
    place: int
    part: int
    most: Decimal
    note: str
    given: Sequence[Opinion]

    @property
    def name(self) -> str:
        """As forms name it."""
        return f"d{self.paper.pk}-{self.place}-{self.part}"


def differences(exam: Exam) -> list[Difference]:
    """Every one, paper by paper; three queries."""
    papers = {one.pk: one for one in Paper.objects.filter(exam=exam)}
    decided = set(Mark.objects.filter(paper__exam=exam).values_list("paper", "place", "part"))
    found, asked = list[Difference](), exam.questions
    for (pk, place, part), given in sorted(
        opinions(papers).items(), key=lambda one: (papers[one[0][0]].number, one[0])
    ):
        if len(given) > 1 and (pk, place, part) not in decided:
            told = asked.rows[place][papers[pk].variant].parts[part]
            found.append(Difference(papers[pk], place, part, told.points, told.note, given))
    return found


def may_decide(difference: Difference, who: User, *, instructor: bool) -> bool:
    """A third person, or an instructor."""
    return instructor or who.pk not in {one.by_id for one in difference.given}


@dataclass(frozen=True, slots=True)
class Second:
    """How far second marking is: parts that one has marked, and parts that wait for a decision."""

    once: int
    differ: int


def progress(exam: Exam) -> Second | None:
    """None where one marker is enough."""
    if not asks_two(exam):
        return None
    decided = set(Mark.objects.filter(paper__exam=exam).values_list("paper", "place", "part"))
    rows = Opinion.objects.filter(paper__exam=exam).order_by().values_list("paper", "place", "part")
    counts = defaultdict[Place, int](int)
    for row in rows:
        counts[row] += 1
    once = sum(count == 1 for count in counts.values())
    return Second(once, sum(count > 1 and place not in decided for place, count in counts.items()))
