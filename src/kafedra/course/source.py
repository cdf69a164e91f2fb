"""A TOML file as its author wrote it: values with exact decimals, and the line of every key."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from kafedra.course.fields import FileModel
from kafedra.course.lines import KeyPath, key_lines
from kafedra.course.messages import Mistake, mistakes_of
from kafedra.course.problems import CourseError, Problem

M = TypeVar("M", bound=FileModel)

SYNTAX_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
SYNTAX_EXPLAINED = {
    "Cannot overwrite a value": "this key is already defined above",
    "Cannot declare": "this table is already defined above",
    "Invalid value": "there is no such value; text needs quotes, and true and false are written small",
    "Illegal character '\\n'": "the text in quotes must end on the line where it begins",
    "Expected '=' after a key": "the key must be followed by = and a value",
    "Invalid date or datetime": "there is no such day or time",
}
ENDS_TOO_EARLY = "the file ends too early: a bracket or a quote is not closed"


@dataclass(frozen=True)
class Source:
    """A file that is valid TOML. `shown` is how problems name it."""

    shown: Path
    data: Mapping[str, object]
    lines: Mapping[KeyPath, int]

    def problem(self, key: KeyPath, value: object, message: str) -> Problem:
        """A problem with `key`, on its line or on that of the table it should be in."""
        return Problem(self.shown, self._line(key), dotted(key), value, message)

    def _line(self, key: KeyPath) -> int | None:
        while key not in self.lines and key:
            key = key[:-1]
        return self.lines.get(key)


def read_model(path: Path, model: type[M], *, shown_from: Path) -> tuple[Source, M]:
    """The file at `path` and its contents as a `model`. Raises CourseError with every problem found in it."""
    source = read_source(path, shown_from=shown_from)
    try:
        return source, model.model_validate(dict(source.data))
    except ValidationError as error:
        mistakes = mistakes_of(error, model)
    raise CourseError(_located(source, mistake) for mistake in mistakes)


def read_source(path: Path, *, shown_from: Path) -> Source:
    """The TOML file at `path`. Raises CourseError if it is missing, not UTF-8 or not TOML."""
    shown = path.relative_to(shown_from) if path.is_relative_to(shown_from) else path
    text = read_text(path, shown)
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise CourseError([_syntax_problem(shown, text, str(error))]) from None
    except RecursionError:
        raise CourseError([Problem(shown, None, "", None, "lists are nested too deeply")]) from None
    return Source(shown, data, key_lines(text))


def dotted(key: KeyPath) -> str:
    """`homework[2].assignments[0].points`: numbers in brackets count from 0."""
    text = ""
    for part in key:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def _located(source: Source, mistake: Mistake) -> Problem:
    return source.problem(mistake.key, mistake.value, mistake.message)


def read_text(path: Path, shown: Path) -> str:
    """The text of a file. Raises CourseError if it is missing, can't be read or is not UTF-8."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise CourseError([Problem(shown, None, "", None, "there is no such file")]) from None
    except IsADirectoryError:
        raise CourseError([Problem(shown, None, "", None, "must be a file, it is a folder")]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CourseError([Problem(shown, None, "", None, f"can't be read: {reason}")]) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"must be saved as UTF-8; byte 0x{data[error.start]:02x} doesn't belong to it"
        raise CourseError([Problem(shown, line, "", None, message)]) from None


def _syntax_problem(shown: Path, text: str, error: str) -> Problem:
    lines = text.rstrip().split("\n")
    found = SYNTAX_PLACE.search(error)
    number, column = (found[1], found[2]) if found else (None, None)
    line = int(number) if number else len(lines)
    reason = SYNTAX_PLACE.sub("", error)
    known = (plain for start, plain in SYNTAX_EXPLAINED.items() if reason.startswith(start))
    plain = ENDS_TOO_EARLY if reason == "Invalid value" and not column else next(known, reason)
    where = f", column {column}" if column else ""
    seen = lines[line - 1].strip() if line <= len(lines) else ""
    return Problem(shown, line, "", seen or None, f"not valid TOML{where}: {plain}")
