"""The roster for spreadsheets. Nothing in it can act as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from kafedra.web.config.spreadsheets import harmless
from kafedra.web.people.models import Membership

TITLES = ("login", "name", "e-mail", "group", "github", "role", "joined")


def as_csv(members: Iterable[Membership]) -> str:
    """CSV with a byte-order mark, which spreadsheets need for Cyrillic."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(TITLES)
    writer.writerows([harmless(cell) for cell in cells] for cells in _rows(members))
    return "\ufeff" + out.getvalue()


def as_xlsx(members: Iterable[Membership]) -> bytes:
    """A workbook with one sheet; every cell is text."""
    from openpyxl import Workbook  # 0.2 s, and only those who want a spreadsheet need it
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("roster")
    for cells in [TITLES, *_rows(members)]:
        written = []
        for value in cells:
            cell = WriteOnlyCell(sheet, value=value)
            cell.data_type = "s"  # openpyxl would take what starts with = for a formula
            written.append(cell)
        sheet.append(written)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(members: Iterable[Membership]) -> Iterator[tuple[str, ...]]:
    for member in members:
        user = member.user
        joined = member.joined_at.date().isoformat()
        yield user.username, user.display_name, user.email, member.group, user.github, member.role, joined
