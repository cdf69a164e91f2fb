"""A table that somebody sends as a file, as rows of plain text: CSV with any common delimiter, or XLSX.

CSV may be UTF-8, UTF-16 or cp1251. To be read in a process apart (`apart`): both are strangers' bytes.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from kafedra.web.frame.apart import TooCostly, apart_within
from kafedra.web.frame.harmless import harmless
from kafedra.web.frame.untranslated import Untranslated
from kafedra.web.frame.untranslated import noop as _

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 12 * 1024 * 1024  # of 2000 people with thirty columns not even half
MAX_ROWS = 2000
FIRST_LINES = 10  # by which the delimiter is known
_SECONDS, _MEMORY_MB = 2, 200
_TOO_LARGE = _("The file is too large for a list of people.")
# The line by which Excel tells itself the delimiter.
DECLARATION = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what .xls, and an encrypted .xlsx, begin with

T = TypeVar("T")
Delimiter = Callable[[Sequence[str]], str]


class UnreadableTable(Untranslated):
    """The file as a whole can't be used; as a text it says why, in the language of whoever reads it."""


def read_apart(reader: Callable[[bytes], T], data: bytes) -> T:
    """What `reader` makes of a file's bytes, in a process with limits. Raises UnreadableTable."""
    if len(data) > MAX_BYTES:
        raise UnreadableTable(_TOO_LARGE)
    try:
        return apart_within(_SECONDS, _MEMORY_MB, reader, data)
    except TooCostly as error:
        raise UnreadableTable(_TOO_LARGE) from error


def table_of(data: bytes) -> list[list[str]]:
    """The cells of every row, empty rows included, so that a row's place is what a spreadsheet shows beside it."""
    return rows_of(data, most_used)


def rows_of(data: bytes, delimiter: Delimiter) -> list[list[str]]:
    """The same; `delimiter` says from the first lines of CSV what stands between its cells."""
    if data.startswith(OLD_EXCEL):
        raise UnreadableTable(_("This is a file of old Excel, or it has a password: save it as XLSX without one."))
    return list(_xlsx(data) if data.startswith(b"PK\x03\x04") else _csv(_decoded(data), delimiter))


def most_used(lines: Sequence[str]) -> str:
    """The delimiter that the first lines have most of; a comma may be a decimal one, so that others go first."""
    text = "".join(lines)
    return max("\t;|,", key=lambda one: (one in text and one != ",", text.count(one)))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:  # what Excel in Russian calls CSV
        return data.decode("cp1251", errors="replace")


def _csv(text: str, delimiter: Delimiter) -> list[list[str]]:
    if "\0" in text:
        raise UnreadableTable(_("This is neither CSV nor XLSX."))
    declared = DECLARATION.match(text)
    text = text[declared.end() :] if declared else text  # nor does Excel count that line
    between = declared[1] if declared else delimiter(text.lstrip().splitlines()[:FIRST_LINES])
    try:
        table = csv.reader(io.StringIO(text, newline=""), delimiter=between)
        return [[_clean(cell) for cell in row] for row in table]
    except csv.Error as error:
        raise UnreadableTable(_("This is neither CSV nor XLSX.")) from error


def _xlsx(data: bytes) -> Iterable[list[str]]:
    from openpyxl import load_workbook  # 0.2 s, and only those who upload a spreadsheet need it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableTable(_TOO_LARGE)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MAX_ROWS + 50, max_col=30, values_only=True)
        return [[_clean("" if cell is None else str(cell)) for cell in row] for row in rows]
    except (UnreadableTable, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file makes it raise
        raise UnreadableTable(_("This is neither CSV nor XLSX.")) from error


def _clean(cell: str) -> str:
    """Without spaces around, and without the apostrophe that our own export puts before a would-be formula."""
    cell = " ".join(cell.strip("\u200b\ufeff\u00ad").split())
    return cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell
