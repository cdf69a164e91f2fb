"""The gradebook for spreadsheets."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from kafedra import policy
from kafedra.web.config.spreadsheets import harmless
from kafedra.web.gradebook.selectors import Gradebook, PersonalStanding


def as_csv(book: Gradebook) -> str:
    """CSV with a byte-order mark (spreadsheets need it for Cyrillic). Names can't act as formulas."""
    out = io.StringIO()
    writer = csv.writer(out)
    slugs = [column.work.slug for column in book.columns]
    writer.writerow(["login", "name", "group", *slugs, "O_hw", "automat", "total", "record_grade"])
    for row in book.rows:
        writer.writerow(_cells(row))
    return "\ufeff" + out.getvalue()


def _cells(row: PersonalStanding) -> list[str]:
    standing = row.standing
    return [
        harmless(row.student.username),
        harmless(row.student.display_name),
        harmless(row.student.group),  # type: ignore[attr-defined]  # annotated by the selector
        *("" if line.points is None else plain(line.points) for line in row.lines),
        plain(standing.homework),
        "yes" if standing.automat else "no",
        "" if standing.total is None else format(policy.quantize(standing.total, 2), "f"),
        "" if standing.record_grade is None else str(standing.record_grade),
    ]


def plain(value: Decimal) -> str:
    """Exact, with a point, without zeros at the end: 0.3150 → 0.315, 1.00 → 1."""
    return format(value.normalize(), "f")
