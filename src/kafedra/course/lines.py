"""On which line of a TOML text each key stands.

`tomllib` reads values and forgets where they were; a parser that keeps the layout still loses the order of
tables that are written out of order. The text has been accepted by `tomllib` before it comes here, so this
scanner only has to follow the layout: it never has to find a mistake.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping

KeyPath = tuple[str | int, ...]

BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
SCALAR = re.compile(r"[^,\]}#\n]+")
STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'  # up to two quotes may stand directly before the closing three
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)


def key_lines(text: str) -> Mapping[KeyPath, int]:
    """The line (from 1) of every key, table and list element of `text`, which must be valid TOML."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.newlines = [match.start() for match in re.finditer("\n", text)]
        self.lines: dict[KeyPath, int] = {(): 1}
        self.tables_in: dict[KeyPath, int] = {}  # [[array of tables]]: how many so far

    def scan(self) -> Mapping[KeyPath, int]:
        table: KeyPath = ()
        self._match(BLANK)
        while self.position < len(self.text):
            if self.text[self.position] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._match(BLANK)
        return self.lines

    def _header(self) -> KeyPath:
        line = self._line()
        brackets = 2 if self.text.startswith("[[", self.position) else 1
        self.position += brackets
        *parents, last = self._key()
        self.position += brackets
        path: KeyPath = ()
        for part in parents:
            path = self._latest((*path, part))
            self.lines.setdefault(path, line)
        path = (*path, last)
        if brackets == 2:
            self.lines.setdefault(path, line)
            self.tables_in[path] = self.tables_in.get(path, 0) + 1
        path = self._latest(path)
        self.lines[path] = line
        return path

    def _latest(self, path: KeyPath) -> KeyPath:
        """Inside `[[homework]]`, `[homework.x]` is about the homework that came last."""
        return (*path, self.tables_in[path] - 1) if path in self.tables_in else path

    def _pair(self, table: KeyPath) -> None:
        line = self._line()
        path = table
        for part in self._key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self.position += 1  # the sign =
        self._match(BLANK)
        self._value(path)

    def _key(self) -> list[str]:
        """A dotted key; stops at the first character that isn't part of it."""
        parts = []
        while True:
            self._match(BLANK)
            quoted = self.text[self.position] in "\"'"
            part = self._match(STRING if quoted else BARE_KEY)
            parts.append(str(tomllib.loads(f"key = {part}")["key"]) if quoted else part)
            self._match(BLANK)
            if self.text[self.position] != ".":
                return parts
            self.position += 1

    def _value(self, path: KeyPath) -> None:
        match self.text[self.position]:
            case "[":
                self._elements(path, closing="]")
            case "{":
                self._elements(path, closing="}")
            case '"' | "'":
                self._match(STRING)
            case _:
                self._match(SCALAR)

    def _elements(self, path: KeyPath, closing: str) -> None:
        """A list or an inline table, from its opening bracket to past the closing one."""
        index = 0
        self.position += 1
        self._match(BLANK)
        while self.text[self.position] != closing:
            if closing == "}":
                self._pair(path)
            else:
                self.lines[(*path, index)] = self._line()
                self._value((*path, index))
                index += 1
            self._match(BLANK)
            if self.text[self.position] == ",":
                self.position += 1
                self._match(BLANK)
        self.position += 1

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.position)
        if found is None:
            raise ValueError(f"not valid TOML at character {self.position}")
        self.position = found.end()
        return found.group()

    def _line(self) -> int:
        return bisect_left(self.newlines, self.position) + 1
