"""What students mark as taken from elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.notebooks.citations import Citation, citations
from kafedra.notebooks.document import NotebookCell


def code(*lines: str, number: int = 1) -> NotebookCell:
    return NotebookCell(number, "code", "\n".join(lines))


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("# Источник: https://example.org/loop", "https://example.org/loop"),
        ("# Source: a friend", "a friend"),
        ("## SOURCE :  a friend  ", "a friend"),
        ("x = f(x)  # Взято из: лекции 3", "лекции 3"),
        ("    # taken from: the seminar", "the seminar"),
    ],
)
def test_a_comment_names_the_source(line: str, origin: str) -> None:
    assert citations([code("import torch", line, "y = 1")]) == (Citation(1, 2, 3, origin),)


@pytest.mark.parametrize(
    "line", ["# Источник:", "# sources: three", "source = 'a: b'", "# the source code is mine", "source: x"]
)
def test_what_only_looks_like_one(line: str) -> None:
    assert citations([code(line)]) == ()


@pytest.mark.parametrize("line", ["Источник: книга", "**Source:** a book", "> - Source: a book"])
def test_in_text_too(line: str) -> None:
    found = citations([NotebookCell(4, "markdown", f"Ниже чужой цикл.\n{line}")])
    assert [(one.cell, one.first, one.origin.split()[-1]) for one in found] in ([(4, 2, "книга")], [(4, 2, "book")])


def test_it_reaches_to_the_next_one_or_to_the_end_of_its_cell() -> None:
    found = citations([code("a", "# Source: one", "b", "# Source: two", "c"), code("d", number=2)])
    assert [(one.first, one.last, one.origin) for one in found] == [(2, 3, "one"), (4, 5, "two")]


def test_what_the_course_wrote_is_nobodys_citation() -> None:
    assert citations([code("# Source: the paper", "x")], given=["  # Source: the paper"]) == ()


@given(st.lists(st.text()))
def test_any_text_has_an_answer(lines: list[str]) -> None:
    cell = code(*lines)
    assert all(1 <= one.first <= one.last <= len(cell.source.split("\n")) for one in citations([cell]))
