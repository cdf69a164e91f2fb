"""What changed between two notebooks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kafedra.notebooks.comparing import compare_cells, compare_lines
from kafedra.notebooks.document import NotebookCell


def cells(*sources: str, ids: str = "") -> list[NotebookCell]:
    return [
        NotebookCell(number, "code", source, id=ids[number - 1] if ids else "")
        for number, source in enumerate(sources, start=1)
    ]


def kinds(old: list[NotebookCell], new: list[NotebookCell]) -> list[str]:
    return [change.kind for change in compare_cells(old, new)]


def test_a_cell_that_was_edited_is_changed_and_its_neighbours_are_not() -> None:
    old = cells("import torch", "class A:\n    pass\n    # here", "print()")
    new = cells("import torch", "class A:\n    x = 1\n    # here", "print()")
    assert kinds(old, new) == ["same", "changed", "same"]


def test_a_cell_put_in_before_an_edited_one_is_new() -> None:
    old = cells("def f(x):\n    raise NotImplementedError\n    # stub")
    new = cells("import math", "def f(x):\n    return math.exp(x)\n    # stub")
    assert kinds(old, new) == ["new", "changed"]


def test_a_cell_rewritten_as_a_whole_is_known_by_its_id() -> None:
    old, new = cells("# stub", "# other", ids="ab"), cells("# other", "all of it is new", ids="ba")
    assert "changed" in kinds(old, new) or kinds(old, new) == ["removed", "same", "new"]
    assert kinds(cells("# stub", ids="a"), cells("nothing alike", ids="a")) == ["changed"]


def test_a_removed_cell_stays_where_it_was() -> None:
    changes = compare_cells(cells("a = 1", "b = 2", "c = 3"), cells("a = 1", "c = 3"))
    assert [(change.kind, change.cell.source) for change in changes][1] == ("removed", "b = 2")
    assert [line.kind for line in changes[1].lines] == ["removed"]


def test_spaces_at_the_ends_of_lines_are_no_change() -> None:
    assert kinds(cells("a = 1  \nb = 2\n"), cells("a = 1\nb = 2")) == ["same"]


def test_lines_show_a_little_around_a_change_and_fold_the_rest() -> None:
    before = "\n".join(str(number) for number in range(20))
    lines = compare_lines(before, before.replace("10", "ten"))
    assert [line.kind for line in lines] == ["fold", *["same"] * 3, "removed", "added", *["same"] * 3, "fold"]
    assert [lines[0].hidden, lines[-1].hidden] == [7, 6]


@given(st.lists(st.sampled_from("abcde\n"), max_size=12), st.lists(st.sampled_from("abcde\n"), max_size=12))
def test_every_cell_is_there_once_and_in_order(old: list[str], new: list[str]) -> None:
    changes = compare_cells(cells(*old), cells(*new))
    assert [change.cell.source for change in changes if change.kind != "removed"] == new
    before = [change.cell if change.kind == "removed" else change.before for change in changes if change.kind != "new"]
    assert [cell.source for cell in before if cell] == old


def test_long_notebooks_and_long_cells_are_compared_in_no_time() -> None:
    old, new = cells(*["x = 1"] * 400), cells(*[f"x = {number}" for number in range(400)])
    assert len(kinds(old, new)) >= 400
    (first, *_, last) = compare_lines("a\n" * 50_000, "b\n" * 50_000)
    assert (first.kind, last.kind) == ("whole", "cut")
    assert last.hidden > 50_000


def test_lines_that_repeat_hundreds_of_times_are_replaced_as_a_whole_and_it_is_said() -> None:
    before = "first\n" + "a\n" * 600 + "last"
    after = "first\n" + "".join(f"a\n{number}\n" for number in range(300)) + "last"
    (change,) = compare_cells(cells(before), cells(after))
    assert [line.kind for line in change.lines].count("whole") == 1
    assert [line.text for line in change.lines if line.kind == "removed"] == ["a"] * 599
    assert change.lines[0].text == "first"


def test_a_page_is_compared_only_so_far_and_says_where_it_stops() -> None:
    old = cells(*(f"# {number}\n" + "a\nb\n" * 60 for number in range(400)))
    new = cells(*(f"# {number}!\n" + "".join(f"a\n{line}\nb\n" for line in range(60)) for number in range(400)))
    changes = compare_cells(old, new)
    found = [{line.kind for line in change.lines} for change in changes]
    assert "whole" not in found[0]
    assert "same" in found[0]
    assert "whole" in found[200] or "cut" in found[200]
    assert found[-1] == {"cut"}


def test_a_long_cell_with_one_change_is_compared_by_line() -> None:
    before = "".join(f"{'a' if number % 2 else number}\n" for number in range(5_000))
    lines = compare_lines(before, before.replace("\n2500\n", "\nother\n"))
    assert [line.text for line in lines if line.kind in ("removed", "added")] == ["2500", "other"]


def test_hundreds_of_cells_that_are_alike_are_paired_whatever_their_length() -> None:
    old, new = cells(*["a\n" * 20_000] * 40), cells(*[f"{number}\n" * 20_000 for number in range(40)])
    assert kinds(old, new) == ["changed"] * 40
