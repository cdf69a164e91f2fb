"""Letters that look alike and are not the same: a Cyrillic «о» in ``forward``."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from kafedra.notebooks.messages import Note
from kafedra.notebooks.places import Place

_LATIN: Final = str.maketrans("АВЕЅІЈКМНОРСТУХаесіјорѕухԁһԛԝ", "ABESIJKMHOPCTYXaecijopsyxdhqw")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST: Final = 80


def as_latin(name: str) -> str:
    """The name with every Cyrillic letter that looks like a Latin one replaced by that."""
    return name.translate(_LATIN)


def lookalike_note(name: str, place: Place) -> Note:
    """The remark on a ``name`` with such a letter."""
    return Note("lookalike", lookalike(name), place)


def lookalike(name: str) -> dict[str, str | int]:
    """Which letter of ``name`` is not what it seems to be."""
    latin = as_latin(name)
    position = next(index for index, (one, other) in enumerate(zip(name, latin, strict=True)) if one != other)
    params: dict[str, str | int] = {"name": name[:_LONGEST], "position": position + 1}
    return {**params, "letter": name[position], "latin": latin[position]}


def identifiers(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that a statement spells, with its line: variables, attributes, parameters, keywords, definitions."""
    for part in ast.walk(node):
        line = getattr(part, "lineno", 1)
        if isinstance(part, ast.Name):
            yield part.id, line
        elif isinstance(part, ast.Attribute):
            yield part.attr, part.end_lineno or line
        elif isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield part.name, line
        elif isinstance(part, ast.arg | ast.keyword) and part.arg:
            yield part.arg, line


def suspicious(found: Iterable[tuple[str, int]], known: Collection[str]) -> Iterator[tuple[str, int]]:
    """The names of which a reader sees another: letters of two alphabets in one word, or a twin among ``known``."""
    told = set[str]()
    for name, line in found:
        if name.isascii() or name in told or not as_latin(name).isascii():
            continue
        mixed = any(not word.isascii() and any(map(str.isascii, word)) for word in _WORD.findall(name))
        if mixed or as_latin(name) in known:
            told.add(name)
            yield name, line


def lookalikes(tree: ast.Module, known: Collection[str]) -> dict[int, list[tuple[str, int]]]:
    """The same for every statement of a module, by its number; only those that have any."""
    found = {number: list(suspicious(identifiers(node), known)) for number, node in enumerate(tree.body)}
    return {number: names for number, names in found.items() if names}
