"""The author's marks: which sentence of a statement is held by which test."""

from __future__ import annotations

import pytest

from kafedra.notebooks.authoring import read_source, solution_cells, student_cells
from kafedra.notebooks.rules import rules

STATEMENT = """# %% [markdown]
# # Halves
#
# Why halves matter: nothing is asked here.
#
# ## Rules
#
# * Numbers only. <!-- test_numbers -->
# * Cite what you
#   take. <!-- review -->
#
# ## Theory
#
# A half is less than the whole. Of zero it is zero. <!-- test_zero --> Everybody knows.
#
# **Task.** `half(x)`:
#
# $$y = x / 2.$$
#
# * any sign; <!-- test_sign,
#   test_numbers -->
# * no loops
#
# ## More
#
# For pleasure.

# %% tags=["solution"]
def half(x):
    # BEGIN SOLUTION
    return x * 0.5
    # END SOLUTION
"""


def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(rule.text, rule.held_by) for rule in rules(read_source(text))]


def test_what_is_asked_is_read_off_the_notebook_with_who_holds_it() -> None:
    assert found(STATEMENT) == [
        ("Numbers only.", ("test_numbers",)),
        ("Cite what you take.", ("review",)),
        ("A half is less than the whole. Of zero it is zero.", ("test_zero",)),
        ("Task. `half(x)`: $$y = x / 2.$$ * any sign;", ("test_sign", "test_numbers")),
        ("no loops", ()),
    ]


def test_a_rule_knows_its_line_and_its_tests() -> None:
    lines = STATEMENT.split("\n")
    for rule in rules(read_source(STATEMENT)):
        assert rule.text.split(" ")[0].strip("*.") in lines[rule.line - 1]
    assert [rule.tests for rule in rules(read_source(STATEMENT))][1] == (), "a reviewer is no test"


@pytest.mark.parametrize("version", [student_cells, solution_cells])
def test_no_reader_of_the_notebook_sees_a_mark(version) -> None:
    shown = version(read_source(STATEMENT))[0].source
    assert "<!--" not in shown
    assert "test_" not in shown
    assert "* Numbers only.\n* Cite what you\n  take.\n" in shown
    assert "Of zero it is zero. Everybody knows." in shown


@pytest.mark.parametrize("text", ["# Halves", "", "![A half](half.png)", "# Rules\n#\n# | a | b |\n# |---|---|"])
def test_a_cell_without_prose_asks_nothing(text: str) -> None:
    assert found(f"# %% [markdown]\n# {text}\n\n# %%\nx = 1\n") == []


def test_russian_headings_and_thresholds_ask_too() -> None:
    text = "# %% [markdown]\n# ## Правила\n#\n# * Без циклов.\n#\n# ## Опыт\n#\n# **Порог.** Не меньше 90 %.\n"
    assert found(text) == [("Без циклов.", ()), ("Порог. Не меньше 90 %.", ())]
