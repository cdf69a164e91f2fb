"""A roster file into rows of plain text: CSV with any common delimiter, UTF-8, UTF-16 or cp1251, or XLSX."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kafedra.web.frame.apart import TooCostly, apart_within
from kafedra.web.frame.harmless import harmless
from kafedra.web.frame.untranslated import Untranslated
from kafedra.web.frame.untranslated import noop as _

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 12 * 1024 * 1024  # of 2000 people with thirty columns not even half
MAX_ROWS = 2000
_SECONDS, _MEMORY_MB = 2, 200
_TOO_LARGE = _("The file is too large for a list of people.")
FIELDS = ("name", "login", "email", "group", "github")
# The line by which Excel tells itself the delimiter.
DECLARATION = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what .xls, and an encrypted .xlsx, begin with
HEADER_WITHIN = 10  # rows: lists of a dean's office have a title above
# What people call the columns, in lower case and without punctuation: the whole title, or else one word of it.
HEADERS = {
    "name": "name", "full name": "name", "student": "name", "фио": "name", "студент": "name", "имя": "name",
    "имя и фамилия": "name", "фамилия и имя": "name", "фамилия имя": "name", "фамилия имя отчество": "name",
    "surname": "surname", "last name": "surname", "family name": "surname", "фамилия": "surname",
    "first name": "name", "given name": "name", "patronymic": "patronymic", "отчество": "patronymic",
    "login": "login", "username": "login", "логин": "login",
    "email": "email", "e mail": "email", "mail": "email", "почта": "email",
    "group": "group", "группа": "group",
    "github": "github", "гитхаб": "github",
}  # fmt: skip
WORDS = {
    "фио": "name", "email": "email", "mail": "email", "почта": "email", "почты": "email", "группа": "group",
    "группы": "group", "group": "group", "github": "github", "логин": "login",
}  # fmt: skip


class UnreadableRoster(Untranslated):
    """The file as a whole can't be used; as a text it says why, in the language of whoever reads it."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of the file; `number` is what a spreadsheet shows beside it."""

    number: int
    name: str = ""
    login: str = ""
    email: str = ""
    group: str = ""
    github: str = ""


def read(data: bytes) -> list[RosterRow]:
    """The rows of a file, empty ones left out. Raises UnreadableRoster."""
    if len(data) > MAX_BYTES:
        raise UnreadableRoster(_TOO_LARGE)
    try:
        return apart_within(_SECONDS, _MEMORY_MB, rows_of, data)
    except TooCostly as error:
        raise UnreadableRoster(_TOO_LARGE) from error


def rows_of(data: bytes) -> list[RosterRow]:
    """As `read`, in the process of the caller."""
    if data.startswith(OLD_EXCEL):
        raise UnreadableRoster(_("This is a file of old Excel, or it has a password: save it as XLSX without one."))
    table = list(_xlsx(data) if data.startswith(b"PK\x03\x04") else _csv(_decoded(data)))
    numbered = [(number, cells) for number, cells in enumerate(table, 1) if any(cells)]
    if not numbered:
        raise UnreadableRoster(_("The file is empty."))
    place, columns = _header([cells for _number, cells in numbered[:HEADER_WITHIN]])
    people = numbered[place + 1 :]
    if len(people) > MAX_ROWS:
        raise UnreadableRoster(_("The file has more than %(n)d people."), {"n": MAX_ROWS})
    return [_row(number, columns, cells) for number, cells in people]


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:  # what Excel in Russian calls CSV
        return data.decode("cp1251", errors="replace")


def _csv(text: str) -> list[list[str]]:
    if "\0" in text:
        raise UnreadableRoster(_("This is neither CSV nor XLSX."))
    declared = DECLARATION.match(text)
    text = text[declared.end() :] if declared else text  # nor does Excel count that line
    delimiter = declared[1] if declared else _delimiter(text.lstrip().splitlines()[:HEADER_WITHIN])
    try:
        table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [[_clean(cell) for cell in row] for row in table]
    except csv.Error as error:
        raise UnreadableRoster(_("This is neither CSV nor XLSX.")) from error


def _delimiter(lines: Sequence[str]) -> str:
    """The one that makes most columns known in one of the first lines, else the one used most in the first."""

    def merit(one: str) -> tuple[int, int]:
        known = max((len(_columns(line.replace('"', "").split(one))) for line in lines), default=0)
        return known, lines[0].count(one) if lines else 0

    return max(";,\t|", key=merit)


def _xlsx(data: bytes) -> Iterable[list[str]]:
    from openpyxl import load_workbook  # 0.2 s, and only those who upload a spreadsheet need it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableRoster(_TOO_LARGE)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MAX_ROWS + 50, max_col=30, values_only=True)
        return [[_clean("" if cell is None else str(cell)) for cell in row] for row in rows]
    except (UnreadableRoster, MemoryError):
        raise
    except Exception as error:  # openpyxl raises whatever a damaged file makes it raise
        raise UnreadableRoster(_("This is neither CSV nor XLSX.")) from error


def _clean(cell: str) -> str:
    """Without spaces around, and without the apostrophe that our own export puts before a would-be formula."""
    cell = " ".join(cell.strip("\u200b\ufeff\u00ad").split())
    return cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Which of the first rows names the columns, and where they are."""
    for place, cells in enumerate(rows):
        columns = _columns(cells)
        if {"login", "email"} & columns.keys():
            return place, columns
    seen = "; ".join(cell[:40] for cell in rows[0][:8] if cell)
    message = _("No row names the columns. Known are: name, e-mail, group, github, login. The first row says: %(seen)s")
    raise UnreadableRoster(message, {"seen": seen})


def _columns(header: Sequence[str]) -> dict[str, int]:
    plain = [
        " ".join("".join(letter if letter.isalnum() else " " for letter in title.casefold()).split())
        for title in header
    ]
    found: dict[str, int] = {}
    for index, title in enumerate(plain):
        if title in HEADERS:
            found.setdefault(HEADERS[title], index)
    for index, title in enumerate(plain):
        known = next((WORDS[word] for word in title.split() if word in WORDS), None)
        if known is not None and title not in HEADERS:
            found.setdefault(known, index)
    return found


def _row(number: int, columns: dict[str, int], cells: Sequence[str]) -> RosterRow:
    values = {field: cells[index] if index < len(cells) else "" for field, index in columns.items()}
    # A surname of its own stands after the name, as everywhere on our pages; a patronymic is not asked for.
    surname, _patronymic = values.pop("surname", ""), values.pop("patronymic", "")
    if surname:
        values["name"] = " ".join(filter(None, (values.get("name", ""), surname)))
    return RosterRow(number, **values)
