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


def suggested(name: str) -> str:
    """A login for somebody of this name that nobody has: `m-tsvetaeva`, `marina-tsvetaeva`, …; or nothing."""
    return next((free for wanted in _wanted(latin(name[:150]).split()) if (free := free_login(wanted))), "")


def latin(text: str) -> str:
    """`text` in Latin lower-case letters, as far as it has any that can be written so."""
    spelt = "".join(_LETTERS.get(letter, letter) for letter in text.lower())
    return unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()


def _wanted(words: list[str]) -> Iterator[str]:
    if len(words) > 1:
        yield f"{words[0][0]}-{words[-1]}"
        yield f"{words[0]}-{words[-1]}"
    whole = "-".join(words)
    yield from [whole, *(f"{whole}-{number}" for number in range(2, 10))] if whole else ()
