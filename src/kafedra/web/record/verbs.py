"""What can be recorded. Each app names its verbs, and the fields that only it writes, in its module `verbs`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


class Verb(str):
    """What was done, as it is stored; with the words that pages use.

    `shown`: whoever it concerns reads it, too; else staff alone. `moves_points`: among what moved one's points.
    """

    label: Words
    shown: bool
    moves_points: bool

    __slots__ = ("label", "moves_points", "shown")


_verbs: dict[str, Verb] = {}
# Names of fields in `before` and `after`, as pages call them: those that several apps write.
_fields: dict[str, Words] = {
    "deadline": _("deadline"),
    "points": _("points"),
    "role": _("role"),
    "group": _("group"),
    "state": _("state"),
    "commit": _("commit"),
    "language": _("language"),
    "email": _("e-mail"),
    "label": _("name"),
    "note": _("note"),
    "login": _("login"),
    "name": _("name"),
    "assignment": _("assignment"),
    "test": _("test"),
    "text": _("text"),
    "answer": _("answer"),
    "kind": _("kind"),
}


def verb(value: str, label: Words, *, shown: bool = False, moves_points: bool = False) -> Verb:
    """A new verb. `value` is stored for ever: rename the words, never the value.

    Raises ImproperlyConfigured for a value that is taken.
    """
    if value in _verbs:
        raise ImproperlyConfigured(f"the verb {value} is there twice")
    made = Verb(value)
    made.label, made.shown, made.moves_points = label, shown, moves_points
    _verbs[value] = made
    return made


def fields(**words: Words) -> None:
    """How pages call fields that only this app records. Raises ImproperlyConfigured for one that has words already."""
    if twice := sorted(_fields.keys() & words.keys()):
        raise ImproperlyConfigured(f"fields of the record with words already: {', '.join(twice)}")
    _fields.update(words)


def known_verbs() -> Mapping[str, Verb]:
    """Every verb by what is stored."""
    return _verbs


def field_words(name: str) -> str:
    """How pages call a field; the name itself where no app says."""
    return str(_fields.get(name, name))
