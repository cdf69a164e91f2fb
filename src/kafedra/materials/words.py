"""The words of the course's own Markdown, whole or by headings, as search shows them."""

from __future__ import annotations

from collections.abc import Iterator

from kafedra.materials.markdown import parsed
from kafedra.materials.values import filled
from kafedra.notebooks.headings import anchor_of, free_anchor, plain
from kafedra.notebooks.words import notes_of, words_of


def words_in(text: str) -> str:
    """The words of a text in one line; an ellipsis for a number that its seminar computes."""
    tokens, notes = notes_of(parsed(filled(text, None)))
    return words_of(tokens, notes, words_in)


def sections(text: str) -> Iterator[tuple[str, str, str]]:
    """Title, anchor and words of each part of a text; before its first heading a part without the first two."""
    tokens, notes = notes_of(parsed(filled(text, None)))
    starts = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    taken = set[str]()
    if before := words_of(tokens[: starts[0]] if starts else tokens, notes, words_in):
        yield "", "", before
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        title = plain(tokens[start + 1])
        anchor = free_anchor(anchor_of(title), taken)
        taken.add(anchor)
        yield title, anchor, words_of(tokens[start + 3 : end], notes, words_in)
