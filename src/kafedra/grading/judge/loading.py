"""What of the student's module is loaded, and what can't be.

Each required name is loaded when a test first asks for it, with all that it rests on and nothing else. A statement that
ends the process (an endless loop, ``os._exit``, too much memory) is not run again; the names that rest on it are lost,
the others are loaded into the next process.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kafedra.grading.judge.exchange import LOADS, Ending
from kafedra.grading.judge.patience import Allowance
from kafedra.notebooks import ExtractedModule

_MOST_ENDINGS: Final = 3  # processes that one name may end; who ends more means to


@dataclass(frozen=True)
class Lost:
    """Why a name can't be loaded: its statement ``number`` (None: not known which) had this ``ending``."""

    number: int | None
    ending: Ending


class LoadTime:
    """Seconds for loading. A load gets its own limit, and at most half of what is left: the next one gets some, too."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.total = Allowance(LOADS * seconds)

    def next(self) -> Allowance:
        return Allowance(min(self._seconds, self.total.left / 2))


@dataclass
class Loading:
    """Which statements of ``module`` the present process has run, and which no process will run again."""

    module: ExtractedModule
    _present: set[int] = field(default_factory=set)
    _ended: dict[int, Ending] = field(default_factory=dict)
    _lost: dict[str, Lost] = field(default_factory=dict)
    _endings: Counter[str] = field(default_factory=Counter)
    errors: dict[int, Any] = field(default_factory=dict)

    def lost(self, names: Iterable[str]) -> tuple[str, Lost] | None:
        """The first of ``names`` that can't be loaded."""
        return next(((name, self._lost[name]) for name in names if name in self._lost), None)

    def wanted(self, names: Iterable[str]) -> list[int]:
        """The statements that are still to run so that these names are there."""
        companions = {other for name in names for other in self.module.companions.get(name, ())}
        return sorted({number for name in companions for number in self.rests_on(name)} - self._present)

    def rests_on(self, name: str) -> frozenset[int]:
        """The statements of a name, without those that end the process."""
        if name in self._lost:
            return frozenset()
        return self.module.closures.get(name, frozenset()) - self._ended.keys()

    @property
    def endings(self) -> Mapping[int, Ending]:
        """Statements that ended a process."""
        return self._ended

    @property
    def fresh(self) -> bool:
        """Nothing of the student's has run in this process."""
        return not self._present

    def start_anew(self) -> None:
        """The process is another one."""
        self._present.clear()

    def took(self, numbers: Iterable[int], failed: Any) -> None:
        """These statements were run; ``failed`` is what the sandbox says of those that raised."""
        self._present.update(numbers)
        for pair in failed if isinstance(failed, list) else []:
            if isinstance(pair, list) and len(pair) == 2 and type(pair[0]) is int and pair[0] in self._present:
                self.errors[pair[0]] = pair[1]

    def error_behind(self, name: str) -> int | None:
        """The statement that should have defined the name, and raised instead; else a star import that raised."""
        found = (number for number in self.errors if name in self.module.defines[number])
        return next(found, next(filter(self._brings_all, self.errors), None))

    def _brings_all(self, number: int) -> bool:
        node = self.module.tree.body[number]
        return isinstance(node, ast.ImportFrom) and node.names[0].name == "*"

    def ended_by(self, number: int, ending: Ending) -> None:
        """The statement ended the process."""
        self._ended[number] = ending
        for name, closure in self.module.closures.items():
            if number in closure:
                self._endings[name] += 1
                if number not in self.module.optional or self._endings[name] >= _MOST_ENDINGS:
                    self._lost.setdefault(name, Lost(number, ending))

    def ended_somewhere(self, names: Iterable[str], ending: Ending) -> None:
        """The process ended while these names were loaded, nobody knows where."""
        for name in names:
            self._lost.setdefault(name, Lost(None, ending))
