"""A login made of a name: Latin letters, as passports spell Cyrillic ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from kafedra.web.people.selectors import free_login

_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya i yi ye g u".split(" "),
        strict=True,
    )
)
_PATRONYMICS = ("ovich", "evich", "ovna", "evna", "ichna")


def suggested(name: str) -> str:
    """A login for somebody of this name that nobody has: `m-tsvetaeva`, `marina-tsvetaeva`, …; or nothing."""
    return next((free for wanted in _wanted(latin(name[:150]).split()) if (free := free_login(wanted))), "")


def latin(text: str) -> str:
    """`text` in Latin lower-case letters, as far as it has any that can be written so."""
    spelt = "".join(_LETTERS.get(letter, letter) for letter in text.lower())
    return unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()


def _wanted(words: list[str]) -> Iterator[str]:
    first, last = _first_and_last(words)
    if first and last:
        yield f"{first[0]}-{last}"
        yield f"{first}-{last}"
    whole = "-".join(filter(None, (first, last)))
    yield from [whole, *(f"{whole}-{number}" for number in range(2, 10))] if whole else ()


def _first_and_last(words: list[str]) -> tuple[str, str]:
    """The name and the surname: a patronymic at the end says that the surname came first."""
    names = [word for word in words if any(map(str.isalnum, word)) and not word.endswith(_PATRONYMICS)]
    if len(names) < 2:
        return "", "".join(names[:1])
    surname_first = len(names) == 2 and words[-1].endswith(_PATRONYMICS)
    return (names[1], names[0]) if surname_first else (names[0], names[-1])
