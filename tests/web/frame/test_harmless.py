"""Cells of an exported table that would be formulas."""

from __future__ import annotations

import pytest

from kafedra.web.frame.harmless import harmless


@pytest.mark.parametrize(
    "text", ["=1", " =1", "\u00a0=1", "\u3000@x", "\u200b+1", "＝1", "＋1", "－1", "＠x", "\t=1"]
)  # meant
def test_what_a_spreadsheet_could_read_as_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Анна", "x=1", "", "\u00a0Анна"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text
