"""A roster file, CSV or XLSX, into the people that its rows name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kafedra.web.frame.tables import MAX_ROWS, UnreadableTable, read_apart, rows_of
from kafedra.web.frame.untranslated import noop as _

FIELDS = ("name", "login", "email", "group", "github")
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
    """The rows of a file, empty ones left out. Raises UnreadableTable."""
    return read_apart(people_of, data)


def people_of(data: bytes) -> list[RosterRow]:
    """As `read`, in the process of the caller."""
    table = rows_of(data, _delimiter)
    numbered = [(number, cells) for number, cells in enumerate(table, 1) if any(cells)]
    if not numbered:
        raise UnreadableTable(_("The file is empty."))
    place, columns = _header([cells for _number, cells in numbered[:HEADER_WITHIN]])
    people = numbered[place + 1 :]
    if len(people) > MAX_ROWS:
        raise UnreadableTable(_("The file has more than %(n)d people."), {"n": MAX_ROWS})
    return [_row(number, columns, cells) for number, cells in people]


def _delimiter(lines: Sequence[str]) -> str:
    """The one that makes most columns known in one of the first lines, else the one used most in the first."""

    def merit(one: str) -> tuple[int, int]:
        known = max((len(_columns(line.replace('"', "").split(one))) for line in lines), default=0)
        return known, lines[0].count(one) if lines else 0

    return max(";,\t|", key=merit)


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Which of the first rows names the columns, and where they are."""
    for place, cells in enumerate(rows):
        columns = _columns(cells)
        if {"login", "email"} & columns.keys():
            return place, columns
    seen = "; ".join(cell[:40] for cell in rows[0][:8] if cell)
    message = _("No row names the columns. Known are: name, e-mail, group, github, login. The first row says: %(seen)s")
    raise UnreadableTable(message, {"seen": seen})


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
