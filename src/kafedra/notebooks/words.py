"""The words of Markdown in one line: what somebody would read out, with nothing of how it is marked up.

Code stands as it is, a formula as far as a line has room for it, a picture by what is said of it, a table row by row;
a footnote comes after the text that refers to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kafedra.notebooks.formulas import plain_formula
from kafedra.notebooks.headings import plain

if TYPE_CHECKING:
    from markdown_it.token import Token

_CELLS: Final = " · "
_ROWS: Final = "; "
_CODE: Final = ("fence", "code_block")


def words_of(
    tokens: Sequence[Token], notes: Mapping[int, str] | None = None, title: Callable[[str], str] | None = None
) -> str:
    """The words of these tokens. `notes` as `notes_of` gives them; `title` reads that of a block, `::: answer …`."""
    parts, rows, row, told = list[str](), list[str](), list[str](), list[int]()
    in_table = False
    for token in tokens:
        if token.type in ("table_open", "table_close"):
            in_table = token.nesting > 0
            parts.append(_ROWS.join(filter(None, rows)))
            rows.clear()
        elif token.type == "tr_close":
            rows.append(_CELLS.join(filter(None, row)))
            row.clear()
        elif token.type == "inline":
            (row if in_table else parts).append(plain(token))
            told += [child.meta["id"] for child in token.children or () if child.type == "footnote_ref"]
        else:
            parts.append(_alone(token, title))
    parts += [(notes or {}).get(number, "") for number in dict.fromkeys(told)]
    return " ".join(" ".join(parts).split())


def _alone(token: Token, title: Callable[[str], str] | None) -> str:
    """What a token says that has no line of words in it."""
    if token.type in _CODE:
        return token.content
    if token.type.startswith("math_block"):
        return plain_formula(token.content)
    if token.type.startswith("container_") and token.nesting > 0 and title:
        return title(token.info.strip().partition(" ")[2])
    return ""


def notes_of(tokens: Sequence[Token]) -> tuple[Sequence[Token], dict[int, str]]:
    """The text without its footnotes, which the parser puts at its end, and the words of each by number."""
    ends = [place for place, token in enumerate(tokens) if token.type == "footnote_block_open"]
    if not ends:
        return tokens, {}
    notes: dict[int, list[Token]] = {}
    number = -1
    for token in tokens[ends[0] :]:
        number = token.meta["id"] if token.type == "footnote_open" else number
        notes.setdefault(number, []).append(token)
    return tokens[: ends[0]], {number: words_of(found) for number, found in notes.items()}
