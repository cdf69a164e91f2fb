"""Tables for spreadsheets. Nothing in them can act as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

from kafedra.web.frame.harmless import harmless
from kafedra.web.frame.language import spoken

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | Decimal | None
Table = Iterable[Sequence[Cell]]


def as_csv(table: Table) -> str:
    """CSV as the spreadsheets of the reader's language open it; numbers are exact.

    With a byte-order mark, which they need for Cyrillic. In Russian a comma is the decimal mark, so that a semicolon
    stands between cells.
    """
    mark, between = (",", ";") if spoken() == "ru" else (".", ",")
    out = io.StringIO()
    csv.writer(out, delimiter=between).writerows([_written(cell, mark) for cell in cells] for cells in table)
    return "\ufeff" + out.getvalue()


def for_exchange(table: Table) -> str:
    """CSV as other programs read it, in whatever language: commas, decimal points, no byte-order mark."""
    out = io.StringIO()
    csv.writer(out).writerows([_written(cell, ".") for cell in cells] for cells in table)
    return out.getvalue()


def as_xlsx(title: str, table: Table) -> bytes:
    """A workbook with one sheet: text is text, numbers are numbers that can be summed; the first row stays in sight."""
    from openpyxl import Workbook  # 0.2 s, and only those who want a spreadsheet need it

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for cells in table:
        sheet.append([_cell(sheet, value) for value in cells])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def download(name: str, content: str | bytes) -> HttpResponse:
    """The file as an answer that browsers save under `name`, which ends in .csv or .xlsx."""
    response = HttpResponse(content, content_type=XLSX if name.endswith(".xlsx") else CSV)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _written(value: Cell, mark: str) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else plain(Decimal(value)).replace(".", mark)


def plain(value: Decimal) -> str:
    """Exact, with a point, without zeros at the end: 0.3150 → 0.315, 1.00 → 1."""
    return format(value.normalize(), "f")


def _cell(sheet: Any, value: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str) or not value.startswith(("=", "#")):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"  # openpyxl would take these for a formula or for the name of an error
    return cell
