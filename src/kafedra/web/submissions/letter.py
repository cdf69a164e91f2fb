"""What the course changed in an assignment that a student has already, as a file of their repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.utils import timezone, translation
from django.utils.formats import date_format

from kafedra.course import Language
from kafedra.notebooks import UnusableSubmission
from kafedra.notebooks.document import NotebookCell, read_notebook
from kafedra.web.frame.apart import TooCostly, apart
from kafedra.web.submissions.files import STUDENTS_OWN

_WORDS: dict[Language, dict[str, str]] = {
    "ru": {
        "title": "# Что курс изменил в задании",
        "lead": "Эти изменения сделаны после того, как вы взяли задание. Вашу работу никто не трогал: если поменялось\n"
        "условие, новый текст стоит здесь. Проверка на сервере уже идёт по-новому.",
        "changed": "Изменились: {names}.",
        "added": "Добавились: {names}.",
        "removed": "Больше не нужны: {names}.",
        "cell": "### Условие, ячейка {number}",
        "new": "### Условие, новая ячейка {number}",
        "was": "Было:",
        "now": "Стало:",
    },
    "en": {
        "title": "# What the course has changed in this assignment",
        "lead": "These changes were made after you had accepted the assignment. Nobody has touched your work: if\n"
        "the statement has changed, its new text stands here. The server already grades by the new version.",
        "changed": "Changed: {names}.",
        "added": "New: {names}.",
        "removed": "No longer needed: {names}.",
        "cell": "### Statement, cell {number}",
        "new": "### Statement, new cell {number}",
        "was": "Before:",
        "now": "Now:",
    },
}
_WORDS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Issue:
    """One published version: when, in the author's words, and all its files."""

    at: datetime
    note: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell of the notebook as it is given out; `before` is None for a new one."""

    number: int
    kind: str
    before: str | None
    after: str

    @property
    def place(self) -> str:
        """Where it begins to be otherwise, in one line: a few words that stayed, then what is new."""
        old, new = (self.before or "").split(), self.after.split()
        same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
        begin = max(0, min(same, len(new)) - _WORDS_BEFORE)
        return ("… " if begin else "") + " ".join(new[begin:])


@dataclass(frozen=True, slots=True)
class Differences:
    """What one version has otherwise than the one before it, the notebook by its cells."""

    changed: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    cells: tuple[ChangedCell, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All files that are otherwise, but for the notebook."""
        return self.changed + self.added + self.removed


def differences(before: Mapping[str, bytes], after: Mapping[str, bytes], notebook: str) -> Differences:
    """From one set of files to another; what is the student's own is left out."""
    left_out = {notebook, *STUDENTS_OWN}
    names = [name for name in after if name not in left_out]
    return Differences(
        changed=tuple(name for name in names if name in before and before[name] != after[name]),
        added=tuple(name for name in names if name not in before),
        removed=tuple(name for name in before if name not in after and name not in left_out),
        cells=tuple(_cells(before, after, notebook)),
    )


def letter(given: Mapping[str, bytes], issues: Sequence[Issue], notebook: str, language: Language) -> str:
    """The file in Markdown, the newest version first; `given` is what the student started from."""
    words, parts = _WORDS[language], list[str]()
    for before, issue in zip([given, *(one.files for one in issues)], issues, strict=False):
        found = differences(before, issue.files, notebook)
        parts.append("\n\n".join(_part(issue, found, words, language)))
    return "\n\n".join([words["title"], words["lead"], *reversed(parts)]) + "\n"


def _part(issue: Issue, found: Differences, words: Mapping[str, str], language: Language) -> Iterator[str]:
    with translation.override(language):
        yield f"## {date_format(timezone.localtime(issue.at), 'DATE_FORMAT')}"
    if issue.note:
        yield issue.note
    for key, names in (("changed", found.changed), ("added", found.added), ("removed", found.removed)):
        if names:
            yield words[key].format(names=", ".join(f"`{name}`" for name in names))
    for cell in found.cells:
        yield words["cell" if cell.before is not None else "new"].format(number=cell.number)
        if cell.before is not None:
            yield words["was"]
            yield _quoted(cell.kind, cell.before)
            yield words["now"]
        yield _quoted(cell.kind, cell.after)


def _quoted(kind: str, source: str) -> str:
    if kind == "code":
        fence = "```" if "```" not in source else "~~~~"
        return f"{fence}python\n{source}\n{fence}"
    return "\n".join(f"> {line}".rstrip() for line in source.splitlines())


def _cells(before: Mapping[str, bytes], after: Mapping[str, bytes], notebook: str) -> Iterator[ChangedCell]:
    if notebook not in before or notebook not in after or before[notebook] == after[notebook]:
        return
    old, new = _read(notebook, before[notebook]), _read(notebook, after[notebook])
    match = SequenceMatcher(None, [cell.source for cell in old], [cell.source for cell in new], autojunk=False)
    for kind, first, last, start, end in match.get_opcodes():
        if kind in ("replace", "insert"):
            for offset, cell in enumerate(new[start:end]):
                paired = old[first + offset].source if first + offset < last else None
                yield ChangedCell(cell.number, cell.kind, paired, cell.source)


def _read(notebook: str, data: bytes) -> tuple[NotebookCell, ...]:
    try:
        return apart(read_notebook, notebook, data).cells
    except (UnusableSubmission, TooCostly):
        return ()
