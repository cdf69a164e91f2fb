"""From a formula's texts to what they mean in one run; every mistake of every text is found at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kafedra.policy.scheme.checking import Checker, Condition
from kafedra.policy.scheme.evaluating import Step, compiled
from kafedra.policy.scheme.extents import Extent
from kafedra.policy.scheme.formula import Formula
from kafedra.policy.scheme.names import NAME, TAKEN, meanings
from kafedra.policy.scheme.nodes import Name, Node, names_in
from kafedra.policy.scheme.reading import read_formula
from kafedra.policy.scheme.trouble import FormulaError, Key, SchemeError, Trouble
from kafedra.policy.terms import AssignmentTerms


@dataclass(frozen=True, slots=True)
class Compiled:
    """One text: its tree, what it can be (None: a list), and what computes it."""

    text: str
    node: Node
    extent: Extent | None
    step: Step
    rises: bool


@dataclass(frozen=True, slots=True)
class Computed:
    """What is computed under a name before the total: a part, or the condition of a mark (`admission`)."""

    name: str
    by: Compiled
    admission: bool


class Compiler:
    """Compiles the texts of one scheme; `finish` raises SchemeError with all that was found."""

    def __init__(self, formula: Formula, works: Sequence[AssignmentTerms], topics: Iterable[int]) -> None:
        self.formula = formula
        self.troubles: list[Trouble] = []
        self.checker = Checker(dict(meanings(formula, works, topics)))
        self.outer = frozenset(self.checker.known)
        self.broken: set[str] = set()
        self.texts = self._named()

    def finish(self) -> None:
        if self.troubles:
            raise SchemeError(self.troubles)

    def number(self, key: Key, text: str) -> Compiled | None:
        """A text that must be a number."""
        return self._attempt(key, text, lists=False)

    def condition(self, key: Key, text: str) -> Compiled | None:
        """A text that must be a condition."""
        try:
            node = read_formula(text)
            if self._rests_on_broken(node):
                return None
            meaning = self.checker.condition(node)
            return Compiled(text, node, None, compiled(node, self.checker), meaning.rises)
        except FormulaError as error:
            self.troubles.append(Trouble(key, text, error.explanation))
            return None

    def steps(self) -> list[Computed]:
        """Every part and every admission, each after those that it needs."""
        trees = dict[str, Node]()
        for name, (key, text) in self.texts.items():
            try:
                trees[name] = read_formula(text)
            except FormulaError as error:
                self.troubles.append(Trouble(key, text, error.explanation))
                self.broken.add(name)
        found: list[Computed] = []
        for name in _in_order(trees, self):
            key, text = self.texts[name]
            one = self._attempt(key, text, lists=True) if key[0] == "parts" else self.condition(key, text)
            if one is None:
                self.broken.add(name)
                continue
            found.append(Computed(name, one, admission=key[0] != "parts"))
            if key[0] == "parts":
                self.checker.known = {**self.checker.known, name: self.checker.meaning(one.node)}
        return found

    def _named(self) -> dict[str, tuple[Key, str]]:
        """The texts that have a name: parts, and what admits to marks. Bad names are troubles."""
        found: dict[str, tuple[Key, str]] = {
            one.name: (("marks", one.name, "admission"), one.admission)
            for one in self.formula.marks
            if one.admission is not None
        }
        for name, text in self.formula.all_parts:
            if problem := self._bad_name(name):
                self.troubles.append(Trouble(("parts", name), name, problem))
            else:
                found[name] = (("parts", name), text)
        return found

    def bad_marks(self) -> None:
        """Names of marks that stand for something else already."""
        for one in self.formula.marks:
            if not NAME.fullmatch(one.name) or one.name in TAKEN or one.name.startswith("blitz_"):
                self.troubles.append(Trouble(("marks", one.name), one.name, _not_a_name(one.name)))

    def _bad_name(self, name: str) -> str | None:
        if not NAME.fullmatch(name) or name in TAKEN:
            return _not_a_name(name)
        return f"'{name}' is the name of a mark or an assignment already" if name in self.outer else None

    def _attempt(self, key: Key, text: str, *, lists: bool) -> Compiled | None:
        try:
            node = read_formula(text)
            if self._rests_on_broken(node):
                return None
            meaning = self.checker.meaning(node)
            if not lists or isinstance(meaning, Condition):
                meaning = self.checker.number(node)
        except FormulaError as error:
            self.troubles.append(Trouble(key, text, error.explanation))
            return None
        extent = meaning if isinstance(meaning, Extent) else None
        return Compiled(text, node, extent, compiled(node, self.checker), extent is None or extent.rises)

    def _rests_on_broken(self, node: Node) -> bool:
        """What needs a broken part can't be judged, and its mistakes would only repeat the other."""
        return any(name.name in self.broken for name in names_in(node))


@dataclass
class _Search:
    done: list[str] = field(default_factory=list)
    path: list[str] = field(default_factory=list)


def _in_order(trees: Mapping[str, Node], compiler: Compiler) -> list[str]:
    """The parts so that each comes after those it needs; a circle is a trouble, and its parts are broken."""
    search = _Search()

    def visit(name: str, at: Name | None) -> None:
        if name in search.done or name in compiler.broken:
            return
        if name in search.path:
            circle = [*search.path[search.path.index(name) :], name]
            assert at is not None, "nothing is on the path at first"
            key, text = compiler.texts[search.path[-1]]
            error = FormulaError(f"goes round in a circle: {' needs '.join(circle)}", at.at)
            compiler.troubles.append(Trouble(key, text, error.explanation))
            compiler.broken |= set(circle)
            return
        search.path.append(name)
        for needed in names_in(trees[name]):
            if needed.name in trees:
                visit(needed.name, needed)
        search.path.pop()
        if name not in compiler.broken:
            search.done.append(name)

    for name in trees:
        visit(name, None)
    return search.done


def _not_a_name(name: str) -> str:
    if name in TAKEN:
        return f"'{name}' means something else in formulas: choose another name"
    return "must be a name: letters, digits and _, such as exam or O_lab"
