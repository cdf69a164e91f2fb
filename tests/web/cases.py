"""What each room brings for the tests of all rooms: cases of its writes, rules of its addresses.

They are in `writes.py` and `rules.py` of the room's own folder of tests. `rules.arguments` makes what the addresses of
the room have in them, beside what all have: `run`, `slug` of an assignment, `submission`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from django.apps import apps

import kafedra.web
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run


@dataclass(frozen=True)
class World:
    """What the cases act on."""

    run: Run
    student: User
    instructor: User


Act = Callable[[], object]
# Prepares, and returns the call that is watched.
Case = Callable[[World], Act]
CASES: dict[str, Case] = {}
# What writes no line of its own, and why.
EXEMPT: dict[str, str] = {}


def name_of(service: Callable[..., object]) -> str:
    """`people.services.invite`."""
    return f"{service.__module__.removeprefix('kafedra.web.')}.{service.__name__}"


def writes(service: Callable[..., object]) -> Callable[[Case], Case]:
    """The case of a service that writes."""

    def keep(case: Case) -> Case:
        CASES[name_of(service)] = case
        return case

    return keep


def exempt(why: str, *services: Callable[..., object]) -> None:
    """Services that need no line in the record."""
    EXEMPT.update(dict.fromkeys(map(name_of, services), why))


@dataclass(frozen=True)
class Rule:
    """What each role gets: anonymous, student, other_student, assistant, instructor, outsider."""

    method: str
    expected: tuple[int, int, int, int, int, int]
    arguments: tuple[str, ...] = ()
    query: str = ""


# What stands in addresses, by the names that rules use.
Arguments = dict[str, str | int]

DOOR = 302  # to the sign-in page
MEMBERS = (DOOR, 200, 200, 200, 200, 404)
STAFF = (DOOR, 403, 403, 200, 200, 404)
STAFF_ACTS = (DOOR, 403, 403, 302, 302, 404)
OWNER_AND_STAFF = (DOOR, 200, 404, 200, 200, 404)
INSTRUCTORS = (DOOR, 403, 403, 403, 200, 404)
INSTRUCTORS_ACT = (DOOR, 403, 403, 403, 302, 404)
INSTRUCTORS_ERR = (DOOR, 403, 403, 403, 422, 404)  # an empty form
EVERYBODY_SIGNED_IN = (DOOR, 200, 200, 200, 200, 200)


def of_rooms(file: str) -> Iterator[ModuleType]:
    """The module of this name of every room that there is: of the web's, and of other apps that are installed."""
    here, rooms = Path(__file__).parent, Path(kafedra.web.__file__).parent
    for path in sorted(here.glob(f"*/{file}.py")):
        room = path.parent.name
        if (rooms / room).is_dir() or apps.is_installed(f"tests.web.{room}.app"):
            yield importlib.import_module(f"tests.web.{room}.{file}")
