"""The record sheets as a table for spreadsheets, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from kafedra import policy
from kafedra.web.frame.spreadsheets import Cell
from kafedra.web.recordbook.selectors import Sheet


def table(sheets: Sequence[Sheet], letters: bool) -> Iterator[Sequence[Cell]]:
    """The titles, then a row for each student, numbered within the group."""
    letter = [_("Letter")] if letters else []
    ends = [_("Grade"), _("In words"), *letter, "O_total", _("Automat"), _("Frozen")]
    yield [_("No."), _("Group"), _("Name"), _("Login"), *ends]
    for sheet in sheets:
        for number, row in enumerate(sheet.rows, 1):
            yield [
                number,
                sheet.group,
                row.student.display_name,
                row.student.username,
                row.record,
                row.words,
                *([row.letter] if letters else []),
                None if row.total is None else policy.quantize(row.total, 2),
                _("yes") if row.automat else _("no"),
                f"{row.frozen.decided_at:%Y-%m-%d}" if row.frozen else "",
            ]
