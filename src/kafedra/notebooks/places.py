"""Where a line of the student's code is, as they find it: a cell and its line, or a file and its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kafedra.course import Language

_IN_CELL: Final[dict[Language, str]] = {"ru": "ячейка {cell}, строка {line}", "en": "cell {cell}, line {line}"}
_IN_FILE: Final = "{file}:{line}"
_CELL: Final[dict[Language, str]] = {"ru": "ячейка {cell}", "en": "cell {cell}"}


@dataclass(frozen=True)
class Place:
    """``line`` counts from 1, in the cell (counted from 1 among all cells) or, where there is one, in the ``file``."""

    line: int
    cell: int = 0
    file: str = ""

    def words(self, language: Language) -> str:
        """``cell 5, line 3`` or ``layers.py:24``."""
        return self._filled(_IN_FILE if self.file else _IN_CELL[language])

    def cell_words(self, language: Language) -> str:
        """``cell 5``, or the line of the file."""
        return self._filled(_IN_FILE if self.file else _CELL[language])

    def _filled(self, words: str) -> str:
        return words.format(cell=self.cell, file=self.file, line=self.line)
