"""Every mark of an exam as a table: who got what for which part, by whom, and what two markers gave before."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kafedra.web.exams.models import Exam
from kafedra.web.exams.second.selectors import asks_two, opinions
from kafedra.web.exams.selectors import Cell, cells, groups, papers_of
from kafedra.web.frame.spreadsheets import Cell as Value


def table(exam: Exam) -> list[list[Value]]:
    """A row for each part of each paper; what one of two has given is not told before both are in."""
    papers, named = papers_of(exam), groups(exam)
    two = opinions([one.pk for one in papers]) if asks_two(exam) else None
    head: list[Value] = [
        _("Paper"), _("Login"), _("Student"), _("Group"), _("Variant"), _("Question"), _("Part"), _("Points"),
        _("Out of"), _("Reason"), _("Marked by"),
    ]  # fmt: skip
    if two is not None:
        head += [_("First marker"), _("Points"), _("Second marker"), _("Points")]
    rows = [head]
    for row in cells(exam, papers, range(len(exam.asked))):
        for cell in row:
            more: list[Value] = []
            for one in two.get((cell.paper.pk, cell.place, cell.part), []) if two is not None else ():
                more += [one.by.get_full_name(), one.points]
            whole = more if len(more) > 2 else [None] * (4 if two is not None else 0)
            rows.append([*_of(cell, named.get(cell.paper.student_id, "")), *whole])
    return rows


def _of(cell: Cell, group: str) -> Iterator[Value]:
    paper, mark = cell.paper, cell.mark
    yield from (paper.number, paper.student.username, paper.student.get_full_name(), group, paper.variant + 1)
    yield from (cell.place + 1, cell.part + 1, mark.points if mark else None, cell.most)
    yield from (mark.reason if mark else "", mark.by.get_full_name() if mark else "")
