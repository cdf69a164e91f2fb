"""What people are told about. Each app names its news, and the switch that each obeys, in its module `news`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

NewsFacts = Mapping[str, Any]
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of news, which can be switched off as a whole. `value` is what is stored.

    `order`, from 0 to 100, is its place on the page of switches. `wanted`: whether it is on until somebody chooses;
    `mailed`: whether letters are, too. A `binding` one can't be switched off.
    """

    value: str
    label: Words
    order: int
    wanted: bool
    mailed: bool
    binding: bool = False

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news: its switch, and how it is told from its facts, in whatever language and time zone are active.

    `details` are what a letter says besides: there is more room than on the page. After `true_until` nobody needs to be
    told any more. That somebody was told `unlisted` news is kept from the staff: their list of letters leaves it out.
    """

    name: str
    kind: Kind
    sentence: Callable[[NewsFacts], str]
    details: Callable[[NewsFacts], tuple[str, ...]]
    true_until: Callable[[NewsFacts], datetime | None]
    unlisted: bool


_kinds: dict[str, Kind] = {}
_news: dict[str, News] = {}


def kind(
    value: str, label: Words, *, order: int, wanted: bool = True, mailed: bool = True, binding: bool = False
) -> Kind:
    """A new switch. Raises ImproperlyConfigured for a value that is taken."""
    if value in _kinds:
        raise ImproperlyConfigured(f"the kind of news {value} is there twice")
    _kinds[value] = made = Kind(value, label, order, wanted, wanted and mailed, binding)
    return made


def news(
    name: str,
    kind: Kind,
    sentence: Callable[[NewsFacts], str],
    *,
    details: Callable[[NewsFacts], tuple[str, ...]] = lambda _facts: (),
    true_until: Callable[[NewsFacts], datetime | None] = lambda _facts: None,
    unlisted: bool = False,
) -> News:
    """A new piece of news. `name` is stored for ever. Raises ImproperlyConfigured for one that is taken or too long."""
    if name in _news or len(name) > LONGEST_NAME:
        raise ImproperlyConfigured(f"the news {name} are there twice, or their name is longer than {LONGEST_NAME}")
    _news[name] = made = News(name, kind, sentence, details, true_until, unlisted)
    return made


def kinds() -> list[Kind]:
    """Every switch, in the order of the page."""
    return sorted(_kinds.values(), key=lambda one: one.order)


def known_news() -> Mapping[str, News]:
    """Every piece of news by what is stored."""
    return _news
