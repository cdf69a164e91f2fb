"""What is wrong with a formula, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the text of a formula; both count from 1."""

    line: int
    column: int


class FormulaError(ValueError):
    """One formula can't be used. `place` is in its text (None: all of it), `message` says what is wrong."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        self.message, self.place = message, place
        super().__init__(message)

    @property
    def explanation(self) -> str:
        """The message with its place in front: `column 7: …`, or `line 2, column 7: …`."""
        if self.place is None:
            return self.message
        line = f"line {self.place.line}, " if self.place.line > 1 else ""
        return f"{line}column {self.place.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One mistake in a scheme. `key` leads to the formula, as in a file's `[formula]` table: ("parts", "O_hw")."""

    key: Key
    text: str | None
    explanation: str


class SchemeError(ValueError):
    """A grade scheme that can't be used: `troubles` has everything that was found."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__("; ".join(f"{'.'.join(map(str, one.key))}: {one.explanation}" for one in self.troubles))
