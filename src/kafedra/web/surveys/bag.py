"""What lies in a box: each question's answers apart. A form is taken to pieces as it falls in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

BLOCK_BYTES = 16 * 1024  # a bag is as large as a whole number of blocks: the size doesn't tell how much was written
_LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True)
class Form:
    """One student's answers: places on scales and words, by the slugs of questions. What was skipped is missing."""

    places: Mapping[str, int]
    words: Mapping[str, str]


@dataclass(slots=True)
class Bag:
    """`places`: slug → place → how often. `words`: slug → texts, kept by the alphabet: they have no other order."""

    forms: int = 0
    places: dict[str, Counter[int]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)

    def put(self, form: Form) -> None:
        """Let the answers of one form fall in, each to its question."""
        self.forms += 1
        for slug, place in form.places.items():
            self.places.setdefault(slug, Counter())[place] += 1
        for slug, text in form.words.items():
            self.words[slug] = sorted([*self.words.get(slug, ()), text])

    def tallies(self) -> dict[str, dict[str, int]]:
        """The places as JSON has them."""
        return {slug: {str(place): n for place, n in sorted(counts.items())} for slug, counts in self.places.items()}

    def written(self) -> bytes:
        """The same bytes for the same answers, whatever the order in which they came; padded to whole blocks."""
        told = {"forms": self.forms, "places": self.tallies(), "words": self.words}
        text = json.dumps(told, sort_keys=True, ensure_ascii=False).encode()
        filled = len(text).to_bytes(_LENGTH_BYTES) + text
        return filled.ljust(-(-len(filled) // BLOCK_BYTES) * BLOCK_BYTES, b"\0")

    @classmethod
    def read(cls, data: bytes) -> Bag:
        """The bag that was `written`. Raises ValueError for anything else."""
        length = int.from_bytes(data[:_LENGTH_BYTES])
        told = json.loads(data[_LENGTH_BYTES : _LENGTH_BYTES + length])
        places = {slug: Counter({int(place): n for place, n in one.items()}) for slug, one in told["places"].items()}
        return cls(told["forms"], places, told["words"])
