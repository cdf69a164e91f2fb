"""What people ask and rooms above them answer: what ends with a membership, what stays, what a run's pages show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kafedra.web.frame.hook import Hook

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from kafedra.web.people.models import Membership, User
    from kafedra.web.people.runs import RunAccess
    from kafedra.web.runs.models import Run

# In the transaction of whoever asks: who it is about, and who does it. The answer is a sentence for the page, or empty.
LEAVES: Hook[[Membership, User], str] = Hook("what ends with a membership")
STEPS_DOWN: Hook[[Membership, User], str] = Hook("what ends with a role of the staff")


@dataclass(frozen=True, slots=True)
class Belongings:
    """What somebody has in a run, in lines: what stays when they leave, and what ends."""

    stays: Sequence[str] = ()
    ends: Sequence[str] = ()


KEEPS: Hook[[Membership], Belongings] = Hook("what somebody leaves behind")


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the header: its words, its address, and where it stands among the others, from 0 to 100."""

    words: str
    address: str
    order: int


PLACES: Hook[[RunAccess], Sequence[Place]] = Hook("places of a run")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page that several rooms fill: a template and what it shows; `order`, 0 to 100, says how far up."""

    template: str
    order: int
    context: Mapping[str, Any] = field(default_factory=dict)


HOME: Hook[[RunAccess], Section | None] = Hook("what stands on a run's first page")
ACCOUNT: Hook[[User], Section | None] = Hook("what stands on one's account")
# The number of the topic in course.toml; no access: a visitor, where the run shows its site to everybody.
TOPIC: Hook[[Run, int, RunAccess | None], Section | None] = Hook("what stands on a topic's page")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a search has found: its title, a word on what it is, and safe HTML around what was looked for."""

    title: str
    address: str
    over: str
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class Hits:
    """What one room finds: under which words, the best of it, how many there are, and where to see all of them."""

    words: str
    shown: Sequence[Hit]
    count: int
    address: str


FINDS: Hook[[RunAccess, str], Hits] = Hook("what else a search of a run finds for one person")


def places(access: RunAccess) -> list[Place]:
    """The links of the header for one person in one run."""
    found = (place for some in PLACES(access).values() for place in some)
    return sorted(found, key=lambda place: place.order)


def sections(access: RunAccess) -> list[Section]:
    """The parts of the run's first page for one person, from the top down."""
    return _from_the_top(HOME(access).values())


def found(access: RunAccess, query: str) -> list[Hits]:
    """What other rooms find, as far as there is anything."""
    return [hits for hits in FINDS(access, query).values() if hits.shown]


def account_sections(user: User) -> list[Section]:
    """The parts that other rooms put on a person's account, from the top down."""
    return _from_the_top(ACCOUNT(user).values())


def topic_sections(run: Run, topic: int, access: RunAccess | None) -> list[Section]:
    """The parts that other rooms put on a topic's page for one person, or for a visitor, from the top down."""
    return _from_the_top(TOPIC(run, topic, access).values())


def _from_the_top(sections: Iterable[Section | None]) -> list[Section]:
    return sorted((section for section in sections if section is not None), key=lambda section: section.order)


def sentences(answers: Mapping[str, str]) -> Iterator[str]:
    """What there is to say."""
    return (text for text in answers.values() if text)
