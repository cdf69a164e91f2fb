"""Python with IPython's additions: which lines of a cell are not Python at all, and what of them is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# magics whose body is ordinary Python that runs in the notebook itself
_TRANSPARENT: Final = {"%%time", "%%capture", "%%prun"}
# those that run their Python somewhere else, and those that forget what it defines
RUN_ELSEWHERE: Final = frozenset(
    "%%R %%ai %%bash %%bigquery %%cmd %%cpp %%cython %%file %%html %%HTML %%javascript %%js %%julia %%latex %%markdown "
    "%%matlab %%node %%octave %%perl %%powershell %%px %%pypy %%python %%python2 %%python3 %%ruby %%scala %%script "
    "%%sh %%sql %%svg %%SVG %%system %%sx %%writefile %%!".split()
)
FORGET: Final = frozenset("%%timeit %%memit %%pypy %%python %%python2 %%python3".split())
# magics before a statement, and their options that take a value
_MEASURING: Final = {"time": "", "timeit": "nrp", "prun": "lsTD", "memit": "rti"}
# commands that IPython takes without their `%`, as long as nobody has called a variable so
_AUTOMAGIC: Final = frozenset(
    "autoreload cat cd conda config cp debug env history less load load_ext ls lsmagic mamba man matplotlib micromamba "
    "mkdir more mv notebook pdb pip pwd pylab reload_ext reset rm rmdir run store sx system unload_ext uv who whos "
    "writefile time timeit prun".split()
)

# what IPython's own lines begin with: magics, the shell, help, and calls without brackets (`/print 1`, `,f a`, `;f a`)
_MARKS: Final = ("%", "!", "?", "/", ",", ";")
# what a terminal puts before a line of Python, or of IPython
_PROMPTS: Final = (re.compile(r"^(?:>>>|\.\.\.)(?: |$)"), re.compile(r"^(?:In ?\[\d+\]: ?|\s*\.{3,}: ?)"))
_CELL_MAGIC: Final = re.compile(r"\s*(%%[\w!]*)")
_TARGET: Final = re.compile(r"[\w.,\[\]'\" ]+")
_LINE_MAGIC: Final = re.compile(r"%?(\w+)[ \t]+(.*)", re.DOTALL)
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


@dataclass(frozen=True)
class Command:
    """A line that only the notebook can run: ``%run layers.py``, ``files = !ls``, ``pip install x``.

    ``line`` counts from 1; ``targets`` are the names that it would set; ``bare``: no mark tells it from Python.
    """

    line: int
    text: str
    targets: frozenset[str] = frozenset()
    bare: bool = False

    @property
    def brings_names(self) -> bool:
        """Running it defines names, nobody knows which."""
        return bool(re.match(r"%?(run|load|store|pylab)\b", self.text))


def foreign_cell(source: str) -> str | None:
    """The cell magic (``%%bash``) that makes the whole cell something other than Python, or ``None``."""
    match = _CELL_MAGIC.match(source)
    return match[1] if match and match[1] not in _TRANSPARENT else None


def without_prompts(source: str) -> str:
    """A cell pasted from a terminal without its ``>>>`` or ``In [1]:``, as IPython takes it; lines stay in place."""
    lines = source.split("\n")
    for prompt in _PROMPTS:
        if any(prompt.match(line) for line in lines[:2]):
            return "\n".join(prompt.sub("", line) for line in lines)
    return source


def without_magics(source: str) -> tuple[str, list[Command]]:
    """The cell with each line that only IPython understands replaced by what of it is Python, else by ``pass``.

    Lines keep their numbers. Only a line that begins a statement is looked at: a ``%`` that continues an expression is
    Python. What was left out comes second.
    """
    lines, commands = source.split("\n"), list[Command]()
    starts = _statement_starts(source)
    number = 0
    while number < len(lines):
        line = lines[number]
        first = number
        if number in starts and (_is_magic(line) or _is_automagic(line)):
            while lines[first].endswith("\\") and number + 1 < len(lines):
                number += 1
                lines[first] = f"{lines[first][:-1]} {lines[number].lstrip()}"
                lines[number] = ""
            lines[first], command = _translated(lines[first], first + 1)
            commands += [command] if command else []
        number += 1
    return "\n".join(lines), commands


def _translated(line: str, number: int) -> tuple[str, Command | None]:
    text = line.strip()
    indent = line[: len(line) - len(line.lstrip())]
    target, _, value = text.partition("=")
    if not text.startswith(_MARKS) and _sets(text):
        kept = _measured(value.strip())
        if kept is not None:
            return f"{indent}{target.rstrip()} = {kept}", None
        names = frozenset(re.findall(r"[^\W\d]\w*", target))
        return f"{indent}pass", Command(number, text, names)
    kept = _measured(text)
    if kept is not None:
        return indent + kept, None
    return f"{indent}pass", Command(number, text, bare=not _is_magic(line))


def _measured(text: str) -> str | None:
    """The statement whose time or memory is taken: ``x = f()`` of ``%time x = f()``."""
    match = _LINE_MAGIC.match(text)
    if match is None or match[1] not in _MEASURING:
        return None
    rest, with_value = match[2], _MEASURING[match[1]]
    while (option := re.match(r"-(-[\w-]+|\w)(\w*)\s*", rest)) is not None:
        rest = rest[option.end() :]
        if option[1] in with_value and with_value and not option[2]:
            rest = re.sub(r"^\S+\s*", "", rest)
    try:
        return rest if ast.parse(rest.strip()).body else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _sets(text: str) -> bool:
    """``files = !ls``"""
    target, _, value = text.partition("=")
    return value.lstrip().startswith(("%", "!")) and bool(_TARGET.fullmatch(target))


def _is_magic(line: str) -> bool:
    text = line.strip()
    if text.startswith(_MARKS):
        return True
    if text.endswith("?") and not any(mark in text for mark in "#'\""):
        return True
    return _sets(text)


def _is_automagic(line: str) -> bool:
    """``pip install x``: a command's name and something that makes no Python of the two."""
    text = line.strip()
    if text.partition(" ")[0] not in _AUTOMAGIC or " " not in text:
        return False
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return not text.endswith((":", "(", ",", "[", "{"))
    return False


def outside_strings(source: str) -> Iterator[tuple[str, bool]]:
    """``source`` in parts; True marks those that are neither strings nor comments."""
    position = 0
    while match := _TOKEN.search(source, position):
        word = match.lastgroup in ("string", "comment")
        yield source[position : match.start()], True
        yield match[0], not word
        position = match.end()
    yield source[position:], True


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
