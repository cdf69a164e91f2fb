"""How texts are compared where people search: as somebody types who looks for a name, not for its spelling."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """`text` as every search compares it: without case, with `ё` as `е`, accents composed.

    Fold both sides: what is typed and what is searched. In Python, since SQLite knows the case of Latin letters only.
    The picker in `kafedra.js` does the same.
    """
    return unicodedata.normalize("NFC", text).casefold().replace("ё", "е")


def finds(search: str, *texts: str) -> bool:
    """Whether every word of `search` is somewhere in `texts`. An empty search finds everything."""
    where = folded(" ".join(texts))
    return all(word in where for word in folded(search).split())
