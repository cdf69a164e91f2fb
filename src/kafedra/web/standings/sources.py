"""The seam where apps add facts that move points: deductions, extensions, points by hand, cases, exams."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from kafedra.web.frame.hook import Hook
from kafedra.web.runs.models import Run
from kafedra.web.standings.values import ByHand, Key, Later, Zeroed

EXAM = "exam"  # the usual name of the mark that most formulas have
BLITZ = "blitz"  # the source of every `blitz_N`


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one app knows that moves points. Keys: a submission's id, (student's id, slug), a student's id.

    `judged` are points in place of the judge's, `final` those of a whole assignment. `opened` is when a student came to
    know the solution. `zeroed` names the case for which somebody's homework, all of it or one assignment, counts as
    nothing. `components` are parts of the grade besides homework: (student's id, the part's name).
    """

    taken_off: Mapping[int, Decimal] = field(default_factory=dict)
    judged: Mapping[int, ByHand] = field(default_factory=dict)
    final: Mapping[Key, ByHand] = field(default_factory=dict)
    extensions: Mapping[Key, Sequence[Later]] = field(default_factory=dict)
    opened: Mapping[Key, datetime] = field(default_factory=dict)
    zeroed: Mapping[int | Key, Zeroed] = field(default_factory=dict)
    components: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)


FIELDS = frozenset(one.name for one in fields(Contribution))
# Without one of these, points that were taken off or withheld would silently come back.
NEEDED = frozenset({"taken_off", "judged", "final", "extensions", "opened", "zeroed"})

Students = Collection[int] | None


Claims = Callable[[Run], Collection[str]]


class Sources(Hook[[Run, Students], Contribution]):
    """Who knows what. Every field comes from one app; components may come from several, each under its own name.

    A component has one source in a run: the app that gives it in all runs (`components`), else the one that claims it
    in this run (`claims`: an exam was held), else the one that gives whatever is left (`rest`: marks by hand).
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self._fills: dict[str, frozenset[str]] = {}
        self._components: dict[str, str] = {}
        self._claims: dict[str, Claims] = {}
        self._rest = ""

    def add(
        self,
        name: str,
        answer: Callable[[Run, Students], Contribution],
        *,
        fills: Collection[str] = (),
        components: Collection[str] = (),
        claims: Claims | None = None,
        rest: bool = False,
    ) -> None:
        """Let the app `name` fill these fields, and give these components of the grade: marks of formulas, blitzes.

        `claims` says which components it gives in one run; `rest`: it gives those that nobody else does.
        Raises ImproperlyConfigured for what no standing has, and for what another app gives already.
        """
        unknown = sorted({*fills} - (FIELDS - {"components"}))
        if unknown:
            raise ImproperlyConfigured(f"{self._what}: {name} gives {', '.join(unknown)}, which no standing has")
        for other, filled in self._fills.items():
            if twice := sorted(filled & {*fills}):
                raise ImproperlyConfigured(f"{self._what}: {', '.join(twice)} from {other} and from {name}")
        for component in components:
            if component in self._components:
                other = self._components[component]
                raise ImproperlyConfigured(f"{self._what}: {component} from {other} and from {name}")
        if rest and self._rest:
            raise ImproperlyConfigured(f"{self._what}: the rest from {self._rest} and from {name}")
        super().add(name, answer)
        self._fills[name] = frozenset({*fills, *(("components",) if components or claims or rest else ())})
        self._components |= dict.fromkeys(components, name)
        self._claims |= {name: claims} if claims else {}
        self._rest = name if rest else self._rest

    def remove(self, name: str) -> None:
        super().remove(name)
        del self._fills[name]
        self._claims.pop(name, None)
        self._rest = "" if self._rest == name else self._rest
        self._components = {component: app for component, app in self._components.items() if app != name}

    @property
    def missing(self) -> frozenset[str]:
        """Fields that must come from somewhere and come from nowhere."""
        return NEEDED - frozenset().union(*self._fills.values())

    def gathered(self, run: Run, students: Students = None) -> Contribution:
        """What all of them know about these students of the run, or about everybody."""
        found: dict[str, Mapping[Any, Any]] = {}
        components: dict[tuple[int, str], Decimal] = {}
        claimed = self._claimed(run)
        for name, one in self(run, students).items():
            given = one.components.items()
            components |= {key: value for key, value in given if claimed.get(_family(key[1]), self._rest) == name}
            found |= {part: getattr(one, part) for part in self._fills[name] - {"components"}}
        return Contribution(**found, components=components)

    def taken(self, run: Run, component: str) -> bool:
        """Whether an app gives this part of the grade in the run, so that it isn't left to be entered by hand."""
        return _family(component) in self._claimed(run)

    def _claimed(self, run: Run) -> dict[str, str]:
        """Which app gives each part of the grade in the run, but for the rest."""
        found = dict(self._components)
        for name, claims in self._claims.items():
            found = {**dict.fromkeys(claims(run), name), **found}
        return found

    def asked(self, part: str, run: Run, students: Students = None) -> Contribution:
        """What the one app says that fills `part`."""
        name = next(name for name, filled in self._fills.items() if part in filled)
        return self._answers[name](run, students)


def _family(component: str) -> str:
    return BLITZ if component.startswith(f"{BLITZ}_") else component


SOURCES = Sources("facts that move points")


def extensions_of(run: Run) -> Mapping[Key, Sequence[Later]]:
    """Every extension in force in the run; only the app that gives them is asked."""
    return SOURCES.asked("extensions", run).extensions
