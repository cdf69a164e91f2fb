"""Headings of Markdown: their words, and the places that addresses name them by."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import TYPE_CHECKING, Final

from kafedra.notebooks.formulas import plain_formula

if TYPE_CHECKING:
    from markdown_it.token import Token

_LETTERS: Final = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f h c ch sh sch  y  e yu ya".split(" "),
        strict=True,
    )
)


def plain(inline: Token) -> str:
    """The words of a line, without marks."""
    parts = list[str]()
    for child in inline.children or ():
        if child.type.startswith("math_inline"):
            formula = plain_formula(child.content)
            parts.append(f"{child.meta.get('before', '')}{formula}{child.meta.get('after', '')}")
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        else:
            parts.append(plain(child) if child.type == "image" else child.content)
    return "".join(parts).strip()


def anchor_of(title: str) -> str:
    """A heading as a part of addresses: «Почему граф» → pochemu-graf."""
    latin = "".join(_LETTERS.get(letter, letter) for letter in title.lower())
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-") or "place"


def free_anchor(anchor: str, taken: Container[str]) -> str:
    """The anchor, or what it becomes where others on the page have it already."""
    number, found = 2, anchor
    while found in taken:
        found, number = f"{anchor}-{number}", number + 1
    return found
