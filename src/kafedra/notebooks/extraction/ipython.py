"""Python with IPython's additions: which lines of a cell are not Python at all."""

from __future__ import annotations

import re
from typing import Final

# magics whose body is ordinary Python that runs in the notebook itself
_TRANSPARENT: Final = {"%%time", "%%capture", "%%prun"}

_CELL_MAGIC: Final = re.compile(r"\s*(%%\w*)")
_TARGET: Final = re.compile(r"[\w.,\[\]'\" ]+")
_TOKEN: Final = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<string>\"{3}(?:[^\\]|\\.)*?(?:\"{3}|\Z) | '{3}(?:[^\\]|\\.)*?(?:'{3}|\Z)
                 | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'?)
      | (?P<open>[(\[{])
      | (?P<close>[)\]}])
      | (?P<continued>\\\n)
      | (?P<newline>\n)
    """,
    re.VERBOSE | re.DOTALL,
)


def foreign_cell(source: str) -> str | None:
    """The cell magic (``%%bash``) that makes the whole cell something other than Python, or ``None``."""
    match = _CELL_MAGIC.match(source)
    return match[1] if match and match[1] not in _TRANSPARENT else None


def without_magics(source: str) -> str:
    """The cell with each line that only IPython understands replaced by ``pass``; lines keep their numbers.

    Only a line that begins a statement is looked at: a ``%`` that continues an expression is Python.
    """
    lines = source.split("\n")
    starts = _statement_starts(source)
    number = 0
    while number < len(lines):
        line = lines[number]
        if number in starts and _is_magic(line):
            lines[number] = line[: len(line) - len(line.lstrip())] + "pass"
            while line.endswith("\\") and number + 1 < len(lines):
                number += 1
                line, lines[number] = lines[number], ""
        number += 1
    return "\n".join(lines)


def _is_magic(line: str) -> bool:
    text = line.strip()
    if text.startswith(("%", "!", "?")):
        return True
    if text.endswith("?") and not any(mark in text for mark in "#'\""):
        return True
    target, _, value = text.partition("=")  # files = !ls
    return value.lstrip().startswith(("%", "!")) and bool(_TARGET.fullmatch(target))


def _statement_starts(source: str) -> set[int]:
    """Numbers (from 0) of the lines that begin outside of every string, bracket and continuation."""
    starts, depth, line, position = {0}, 0, 0, _after_magic(source, 0)
    while match := _TOKEN.search(source, position):
        position = match.end()
        line += match[0].count("\n")
        if match.lastgroup == "open":
            depth += 1
        elif match.lastgroup == "close":
            depth = max(0, depth - 1)
        elif match.lastgroup == "newline" and depth == 0:
            starts.add(line)
            position = _after_magic(source, position)
    return starts


def _after_magic(source: str, position: int) -> int:
    """Past the line at ``position`` if it is no Python: its quotes and brackets (``!echo it's``) mean nothing."""
    end = source.find("\n", position)
    line = source[position : end if end >= 0 else len(source)]
    return position + len(line) if _is_magic(line) and not line.endswith("\\") else position
