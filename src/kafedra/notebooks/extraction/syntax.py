"""Why a cell can't be read as Python, as far as its author can be helped."""

from __future__ import annotations

import itertools
import keyword
import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import Final

from kafedra.notebooks.extraction.ipython import outside_strings
from kafedra.notebooks.extraction.lookalikes import as_latin, lookalike
from kafedra.notebooks.messages import Note
from kafedra.notebooks.reading import CodeCell, Version

_HERE: Final[Version] = sys.version_info[:2]
_MARKS: Final = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
_INVISIBLE: Final = re.compile(r"invalid non-printable character U\+([0-9A-F]{4,6})")
_STRANGE: Final = re.compile(r"invalid character '(.)' \(U\+([0-9A-F]{4,6})\)")
# what an editor of texts, a web page or a Chinese keyboard writes, and what it looks like to Python
_MEANT: Final = {
    **dict.fromkeys("“”„«»＂", '"'), **dict.fromkeys("‘’‚´＇", "'"), **dict.fromkeys("−–—", "-"),
    "×": "*", "·": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "…": "...", "（": "(", "）": ")", "：": ":",
    "，": ",", "；": ";", "＝": "=", "［": "[", "］": "]",
}  # fmt: skip
_FENCE: Final = "```"
_F_STRING: Final = re.compile(r"""\b[rR]?[fF][rR]?(["'])""")
_WORD: Final = re.compile(r"[^\W\d_]+")
_MOST_F_STRINGS: Final = 50  # of a line
_OLD_LIMITS: Final = ("f-string expression part cannot include",)
# what a line looks like that older Pythons can't read, and the first that can
_NEWER: Final[tuple[tuple[Version, re.Pattern[str]], ...]] = (
    ((3, 12), re.compile(r"^\s*(?:async\s+)?(?:def|class)\s+\w+\s*\[")),
    ((3, 12), re.compile(r"^\s*type\s+\w+\s*(?:\[.*\])?\s*=")),
    ((3, 14), re.compile(r"""\b[rR]?[tT][rR]?["']""")),
    ((3, 14), re.compile(r"^\s*except\s+[\w.]+\s*,\s*[\w.]+[^:]*:")),
)


def unreadable(cell: CodeCell, source: str, error: SyntaxError) -> Note:
    """What is wrong with ``source``, the Python of ``cell``."""
    line = error.lineno or 1
    params: dict[str, str | int] = {"cell": cell.number, "line": line, "reason": error.msg}
    place = cell.place(line)
    if _MARKS.search(source):
        return Note("cell-conflict", params, place)
    if (found := _misspelt_letter(source, line)) is not None:
        return Note("cell-lookalike", {**params, **lookalike(found)}, place)
    if (strange := _STRANGE.match(error.msg)) is not None and (meant := _MEANT.get(strange[1])) is not None:
        seen: dict[str, str | int] = {"character": strange[1], "code": strange[2], "meant": meant}
        return Note("cell-character", {**params, **seen}, place)
    if source.split("\n")[line - 1 : line] and source.split("\n")[line - 1].lstrip().startswith(_FENCE):
        return Note("cell-fence", params, place)
    needs, saved = _needed(source, error), cell.saved_by
    versions: dict[str, str | int] = {"here": _shown(_HERE), "needs": _shown(needs), "saved": _shown(saved)}
    if needs is not None:
        return Note("cell-newer-saved" if saved and saved > _HERE else "cell-newer", {**params, **versions}, place)
    if saved is not None and saved > _HERE:
        return Note("cell-syntax-saved", {**params, **versions}, place)
    return Note("cell-syntax", params, place)


def _misspelt_letter(source: str, line: int) -> str | None:
    """A word of the line with letters of two alphabets, or that would be Python's own word in one: «іf», «сlass»."""
    code = "".join(part if is_code else re.sub(r"[^\n]", " ", part) for part, is_code in outside_strings(source))
    for match in _WORD.finditer("".join(code.split("\n")[line - 1 : line])):
        word = match[0]
        latin = as_latin(word)
        if not word.isascii() and latin.isascii() and (any(map(str.isascii, word)) or keyword.iskeyword(latin)):
            return word
    return None


def _needed(source: str, error: SyntaxError) -> Version | None:
    """The Python that would read the line, if it is known and newer than this one."""
    lines = source.split("\n")
    line = lines[error.lineno - 1] if error.lineno and error.lineno <= len(lines) else ""
    if _HERE < (3, 12) and error.msg.startswith(_OLD_LIMITS):
        return 3, 12
    return newer_than(_HERE, line)


def newer_than(version: Version, line: str) -> Version | None:
    """The first Python that reads the line, if ``version`` does not; as far as the line alone shows it."""
    if version < (3, 12) and _quotes_in_braces(line):
        return 3, 12
    return next((newer for newer, pattern in _NEWER if newer > version and pattern.search(line)), None)


def _quotes_in_braces(line: str) -> bool:
    """``f"{d["key"]}"``: inside of the braces stand the quotes of the string itself, as they may from 3.12 on."""
    for start in itertools.islice(_F_STRING.finditer(line), _MOST_F_STRINGS):
        inner = line.find(start[1], start.end())
        opened = line.rfind("{", start.end(), inner)
        if inner > 0 and opened >= 0 and "}" not in line[opened:inner]:
            closed = line.find("}", inner)
            if closed >= 0 and start[1] in line[closed:]:
                return True
    return False


def _shown(version: Version | None) -> str:
    return ".".join(map(str, version)) if version else ""


def without_invisible(cell: CodeCell, source: str, error: SyntaxError) -> tuple[str, Note] | None:
    """``source`` without the characters that nobody sees and Python stumbles over, and which one it was."""
    match = _INVISIBLE.match(error.msg)
    if match is None:
        return None
    character = chr(int(match[1], 16))
    name = f"U+{match[1]} {unicodedata.name(character, '')}".strip()
    cleaned = "".join(_cleaned(part) if code else part for part, code in outside_strings(source))
    if cleaned == source:
        return None
    return cleaned, Note("invisible", {"character": name}, cell.place(error.lineno or 1))


def _cleaned(code: str) -> str:
    return "".join(_visible(code))


def _visible(code: str) -> Iterator[str]:
    for character in code:
        category = unicodedata.category(character) if not character.isascii() else ""
        if category == "Zs":
            yield " "
        elif category not in ("Cf", "Cc"):
            yield character
