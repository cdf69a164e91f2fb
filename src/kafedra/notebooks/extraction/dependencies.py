"""Which statements a name rests on, and in which order they run."""

from __future__ import annotations

import ast
import bisect
import builtins
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kafedra.notebooks.extraction.cells import ADDED_TO
from kafedra.notebooks.extraction.settings import is_always_there
from kafedra.notebooks.extraction.statements import Statement

# what a notebook has printed and shown is not there when its definitions are graded
OUTPUTS: Final = frozenset({"In", "Out", "_", "__", "___", "_ih", "_oh", "_i", "_ii", "_iii"})
# Python's own names and those that Jupyter always gives: the module finds them when it runs
BUILTINS: Final = (
    frozenset(dir(builtins))
    | {"__name__", "__file__", "__doc__", "__builtins__", "display", "get_ipython", "exit", "quit", ADDED_TO}
    | OUTPUTS
)

# code that finds what is defined in the notebook by a name put together as it runs
_BY_NAME: Final = re.compile(r"(?<!\.)\b(?:globals|locals|vars|eval|exec|submission|__main__|__name__)\b")


@dataclass(frozen=True)
class _Wanted:
    """A name that somebody reads: what defined it above ``before``, to be noted in ``edges``.

    ``contents``: and all that was entered into it, where it is a table.
    """

    name: str
    before: int
    edges: set[int] | None
    contents: bool = True


class Dependencies:
    """Which statements are needed, and which of them must run before which."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.statements = statements
        self.definitions: dict[str, list[int]] = {}
        self._without_entries: dict[str, list[int]] = {}
        bound = {
            name
            for statement in statements
            for name in (statement.binds_by_call if statement.mere_change else statement.defines)
        }
        for index, statement in enumerate(statements):
            for name in statement.defines & bound:
                self.definitions.setdefault(name, []).append(index)
                if name not in statement.registers:
                    self._without_entries.setdefault(name, []).append(index)
        self._settings: dict[int, set[int]] = {}
        self.unresolved = set[str]()
        self._read = set[str]()
        self._now: dict[int, set[int]] = {}
        self._later: dict[int, set[int]] = {}

    def want(self, names: Iterable[str]) -> None:
        """Take the last definition of each name, and all that those need."""
        queue = [_Wanted(name, len(self.statements), None) for name in names]
        seen = set[tuple[str, int]]()
        while queue:
            wanted = queue.pop()
            name = wanted.name
            self._read.add(name)
            index = self._definition(wanted)
            if index is None:
                self.unresolved.add(name)
                continue
            if wanted.edges is not None:
                wanted.edges.add(index)
            queue += self._needs(index)
            partial = name in self.statements[index].partial
            if partial and (name, index) not in seen and self.definitions[name][0] < index:
                queue.append(_Wanted(name, index, self._now[index], wanted.contents))
            seen.add((name, index))
        self._settle()

    def _settle(self) -> None:
        """Take the settings of modules that the solution uses anyway, or that are always there, with their imports."""
        used = {module for index in self._now for module in _imported_modules(self.statements[index].node)}
        for index, statement in enumerate(self.statements):
            modules = statement.sets_up
            if modules is not None and all(module in used or is_always_there(module) for module in modules):
                for wanted in self._needs(index):
                    place = self._definition(wanted)
                    if place is not None:
                        self._settings.setdefault(index, set()).add(place)
                        self._now[index].add(place)
                        self._now.setdefault(place, set())
                        self._later.setdefault(place, set())

    def closure(self, name: str) -> frozenset[int]:
        """All statements that the name rests on, after it was wanted; none if nothing defines it."""
        places = self.definitions.get(name)
        waiting, found = list(places[-1:] if places else ()), set[int]()
        while waiting:
            index = waiting.pop()
            if index not in found:
                found.add(index)
                waiting += self.reads(index)
        return frozenset(found)

    def reads(self, index: int) -> frozenset[int]:
        """The statements that one rests on directly."""
        return frozenset(self._now.get(index, ())) | frozenset(self._later.get(index, ()))

    def companions(self, closures: Mapping[str, frozenset[int]]) -> dict[str, frozenset[str]]:
        """Who is loaded together with each name, itself included.

        Each name can be loaded by itself, on its first use, unless two of them see different definitions of a third:
        then only the order of the notebook makes both right. Or one of them looks names up as it runs.
        """
        seen: dict[str, dict[str, set[int]]] = {}  # a name that somebody reads → who rests on it → its definitions
        for wanted, closure in closures.items():
            for index in closure:
                for name in self.statements[index].defines & self._read:
                    seen.setdefault(name, {}).setdefault(wanted, set()).add(index)
        together = {name: {name} for name in closures}
        for name, closure in closures.items():
            if any(_BY_NAME.search(self.statements[index].piece.text) for index in closure):
                together[name] = set(closures)  # any of the others may be meant
        for by_wanted in seen.values():
            views = {frozenset(places) for places in by_wanted.values()}
            if len(views) > 1 and not self._same_imports(frozenset().union(*views)):
                joined = set().union(*(together[name] for name in by_wanted))
                together |= dict.fromkeys(joined, joined)
        return {name: frozenset(names) for name, names in together.items()}

    def _same_imports(self, places: Iterable[int]) -> bool:
        """``import torch`` in every cell: whichever runs last, the name means the same."""
        statements = [self.statements[index] for index in places]
        plain = all(isinstance(one.node, ast.Import) and one.node.names[0].asname is None for one in statements)
        alike = all(isinstance(one.node, ast.Import | ast.ImportFrom) for one in statements)
        return plain or (alike and len({one.piece.text for one in statements}) == 1)

    def in_order(self) -> list[int]:
        """The needed statements in source order, except that nothing runs before what it reads."""
        return _topological([*self.everywhere(), *self.taken], self._now, self._later)

    @property
    def taken(self) -> list[int]:
        """The statements that are needed, in the order of the notebook."""
        return sorted(self._now)

    def is_taken(self, index: int) -> bool:
        """Whether the statement is needed."""
        return index in self._now

    @property
    def needed(self) -> frozenset[str]:
        """Names that were read and that something defines."""
        return frozenset(self._read & self.definitions.keys())

    def last_cell(self, name: str) -> int:
        """The number of the last cell that defines the name; 0 if none does."""
        return max((self.statements[index].piece.cell.number for index in self.definitions.get(name, ())), default=0)

    def reader_of(self, name: str) -> Statement:
        """The first needed statement that reads the name."""
        needed = (self.statements[index] for index in self.taken)
        return next(one for one in needed if name in one.needs_now or name in one.needs_later)

    def everywhere(self) -> list[int]:
        """Statements that belong to every name: they change how the rest is read or computes, or bring anything in."""
        unknown = self.unresolved - BUILTINS
        futures = [index for index, statement in enumerate(self.statements) if statement.is_future_import]
        stars = [index for index, statement in enumerate(self.statements) if statement.is_star_import]
        settings = [index for setting, imports in self._settings.items() for index in (*sorted(imports), setting)]
        return [*futures, *settings, *(stars if unknown else ())]

    def _definition(self, wanted: _Wanted) -> int | None:
        """The last definition above ``before``; in a notebook run out of order, the last one below."""
        places = None if wanted.contents else self._without_entries.get(wanted.name)
        places = places or self.definitions.get(wanted.name)
        if not places:
            return None
        above = bisect.bisect_left(places, wanted.before)
        return places[above - 1]  # places[-1], the last one, if there is none above

    def _needs(self, index: int) -> Iterator[_Wanted]:
        """What the statement needs, once: what it reads as it runs comes from above, the rest from anywhere."""
        if index in self._now:
            return
        now, later = self._now.setdefault(index, set()), self._later.setdefault(index, set())
        statement, end = self.statements[index], len(self.statements)
        for name in statement.needs_now:
            yield _Wanted(name, index, now, name not in statement.stores_only)
        for name in statement.needs_later:
            yield _Wanted(name, end, later, name not in statement.stores_only)


def _imported_modules(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module.partition(".")[0]


def _topological(starts: Sequence[int], now: Mapping[int, set[int]], later: Mapping[int, set[int]]) -> list[int]:
    """Depth-first without recursion: a chain of definitions may be as long as a stranger likes.

    A statement that needs ``f`` now may call it, so all that ``f`` needs later goes first as well.
    """
    order, entered, placed, deep_done = list[int](), set[int](), set[int](), set[int]()
    stack = [(start, False, False) for start in reversed(starts)]
    while stack:
        index, deep, leaving = stack.pop()
        if leaving:
            if index not in placed:
                placed.add(index)
                order.append(index)
            continue
        finished = index in deep_done or (index in placed and not deep)
        if finished or (index in entered and index not in placed):
            continue
        entered.add(index)
        stack.append((index, deep, True))
        needed = now.get(index, set())
        if deep:
            deep_done.add(index)
            needed = needed | later.get(index, set())
        stack += [(other, True, False) for other in sorted(needed, reverse=True)]
    return order
