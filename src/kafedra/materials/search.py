"""Search over the course's texts: SQLite's FTS5 for the server, the same index as JSON for a static site.

A word is found in any form; a query finds passages with all of its words. The last word may be half typed.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from kafedra.materials.lemmas import lemmas, plain, words
from kafedra.materials.passages import Passage

LONGEST_QUERY: Final = 200
_SNIPPET: Final = 180
_WEIGHTS: Final = "0.0, 0.0, 0.0, 0.0, 8.0, 1.0"


@dataclass(frozen=True)
class Found:
    """A passage that was found; `snippet` is safe HTML with the words marked."""

    passage: Passage
    snippet: str


class Index:
    """Passages in memory, or in the SQLite file at `path`. One thread at a time."""

    def __init__(self, path: str = ":memory:") -> None:
        self._database = sqlite3.connect(path, check_same_thread=False)
        self._database.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS passages USING fts5("
            "kind UNINDEXED, place UNINDEXED, anchor UNINDEXED, shown UNINDEXED, title, body, tokenize='unicode61')"
        )

    def replace(self, passages: Iterable[Passage]) -> int:
        """Index these and forget all others; how many they are."""
        rows = [
            (
                one.kind,
                one.where,
                one.anchor,
                json.dumps([one.title, one.text, one.english]),
                *map(_lemmatised, one.words),
            )
            for one in passages
        ]
        with self._database:
            self._database.execute("DELETE FROM passages")
            self._database.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", rows)
        return len(rows)

    def find(self, query: str, limit: int = 20, language: str = "ru") -> list[Found]:
        """The passages with all words of the query, best first, as who reads `language` is shown them.

        Nothing for a query without a word.
        """
        asked = [word for word, _, _ in words(query[:LONGEST_QUERY])][:12]
        if not asked:
            return []
        half_typed = not query[-1:].isspace()
        expression = " AND ".join(
            _any_form(word, prefix=half_typed and number == len(asked) - 1) for number, word in enumerate(asked)
        )
        rows = self._database.execute(
            f"SELECT kind, place, anchor, shown FROM passages WHERE passages MATCH ? ORDER BY bm25(passages, {_WEIGHTS}) LIMIT ?",  # noqa: S608, E501  # weights are ours
            (expression, limit),
        ).fetchall()
        return [_found(row, asked, language) for row in rows]

    def close(self) -> None:
        self._database.close()


def as_json(passages: Sequence[Passage]) -> str:
    """The index for a page without a server: forms of words → lemmas, lemmas → passages.

    ``forms`` has every form that occurs in the texts, so that a browser needs no morphology; a lemma's postings are
    pairs of passage and weight.
    """
    numbers, forms = dict[str, int](), dict[str, list[int]]()
    postings = defaultdict[int, dict[int, int]](dict)
    for place, passage in enumerate(passages):
        for text, weight in zip(passage.words, (8, 1), strict=True):
            for word, _, _ in words(text):
                if word not in forms:
                    forms[word] = sorted(numbers.setdefault(one, len(numbers)) for one in sorted(lemmas(word)))
                for lemma in forms[word]:
                    postings[lemma][place] = postings[lemma].get(place, 0) + weight
    for known, number in numbers.items():
        forms.setdefault(known, [number])
    content: dict[str, Any] = {
        "passages": [[one.kind, one.where, one.anchor, one.title, one.text] for one in passages],
        "forms": forms,
        "postings": [[list(pair) for pair in sorted(postings[number].items())] for number in range(len(numbers))],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def excerpt(text: str, query: str) -> str:
    """A piece of a plain text around what was looked for: safe HTML with the words marked."""
    return _snippet(text, [word for word, _, _ in words(query[:LONGEST_QUERY])])


def _lemmatised(text: str) -> str:
    return " ".join(token for word, _, _ in words(text) for token in _tokens({word, *lemmas(word)}))


def _tokens(found: Iterable[str]) -> list[str]:
    """FTS5 takes words apart at hyphens and underscores: they are kept together here."""
    return sorted({one.replace("-", "").replace("_", "").replace("'", "") for one in found})


def _any_form(word: str, *, prefix: bool) -> str:
    forms = [f'"{token}"' for token in _tokens({word, *lemmas(word)})]
    if prefix and len(word) >= 2:
        forms += [f'"{token}"*' for token in _tokens({word})]
    return f"({' OR '.join(forms)})"


def _found(row: tuple[str, str, str, str], asked: Sequence[str], language: str) -> Found:
    kind, where, anchor, shown = row
    title, text, english = json.loads(shown)
    passage = Passage(kind, where, anchor, title, text, english and (english[0], english[1])).in_(language)
    if passage.english and not _hits(f"{passage.title} {passage.text}", asked):  # only the other language has it
        return Found(passage, _snippet(passage.english[1], asked))
    return Found(passage, _snippet(passage.text, asked))


def _hits(text: str, asked: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words that were found stand in the text."""
    wanted = {one for word in asked for one in (word, *lemmas(word))}
    return [
        (start, end)
        for word, start, end in words(text)
        if plain(word) in wanted or lemmas(word) & wanted or any(word.startswith(one) for one in asked[-1:])
    ]


def _snippet(text: str, asked: Sequence[str]) -> str:
    """A piece of the text around the first word found, with all of them marked."""
    hits = _hits(text, asked)
    first = hits[0][0] if hits else 0
    begin = max(0, text.rfind(" ", 0, max(0, first - _SNIPPET // 3)) + 1)
    end = min(len(text), begin + _SNIPPET)
    end = len(text) if end == len(text) else max(text.rfind(" ", begin, end), begin + 1)
    parts, at = ["… " if begin else ""], begin
    for start, stop in hits:
        if begin <= start and stop <= end:
            parts += [escape(text[at:start]), "<mark>", escape(text[start:stop]), "</mark>"]
            at = stop
    return "".join([*parts, escape(text[at:end]), " …" if end < len(text) else ""])
