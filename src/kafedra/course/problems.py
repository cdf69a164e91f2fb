"""What is wrong with a course's files: every problem at once, each with its file, line, key and value."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

LONGEST_VALUE_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake of an author. `file` is relative to the course, `line` counts from 1.

    `value` is what was found there (None: nothing to show), `message` says what is allowed.
    """

    file: Path
    line: int | None
    key: str
    value: object
    message: str

    @property
    def place(self) -> str:
        """`runs/2023.toml:41`, which terminals and editors turn into a link."""
        return self.file.as_posix() if self.line is None else f"{self.file.as_posix()}:{self.line}"

    @property
    def explanation(self) -> str:
        """The value seen and what is allowed: `'-1' — must be a positive number`."""
        return self.message if self.value is None else f"'{shown(self.value)}' — {self.message}"

    def below(self, folder: Path) -> Self:
        """The same problem, its file named from where `folder` is seen."""
        return replace(self, file=folder / self.file)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.place, self.key, self.explanation) if part)


class CourseError(Exception):
    """The files don't describe a course (or an assignment): `problems` has all that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class ProblemLog:
    """Collects problems, so that one run of the loader shows them all."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def attempt(self, load: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What `load` returns, or None after noting the problems that it raised as CourseError."""
        try:
            return load(*args, **kwargs)
        except CourseError as error:
            self.problems += error.problems
            return None

    def by_place(self) -> list[Problem]:
        """Everything collected once, sorted by file and line."""
        return sorted(self.once(), key=lambda one: (one.file.as_posix(), one.line or 0, one.key))

    def once(self) -> list[Problem]:
        """Everything collected, in that order, and nothing twice."""
        return list({str(one): one for one in self.problems}.values())

    def raise_if_any(self) -> None:
        """Raise CourseError with everything collected, sorted by place."""
        if self.problems:
            raise CourseError(self.by_place())


def shown(value: object) -> str:
    """`value` as the author wrote it or nearly so, on one short line."""
    if isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, dict):
        text = "{ " + ", ".join(map(str, value)) + " }"
    elif isinstance(value, list | tuple):
        text = "[" + ", ".join(map(shown, value)) + "]"
    elif isinstance(value, date | time):
        text = value.isoformat()
    else:
        text = str(value)
    text = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
    return text if len(text) <= LONGEST_VALUE_SHOWN else text[: LONGEST_VALUE_SHOWN - 1] + "…"
