"""A fingerprint changes with whatever could change the verdict, and with nothing else."""

from __future__ import annotations

import json
import shutil

import nbformat
import pytest

from kafedra.course import load_assignment
from kafedra.grading import fingerprint


def notebook(*sources: str, outputs: bool = False, **metadata: str) -> bytes:
    cells = [nbformat.v4.new_code_cell(source, id=f"c{number}") for number, source in enumerate(sources)]
    if outputs:
        cells[0].outputs = [nbformat.v4.new_output("stream", text="hello")]
        cells[0].execution_count = 7
    return json.dumps(nbformat.v4.new_notebook(cells=cells, metadata=metadata)).encode()


@pytest.fixture
def same(assignment):
    """Whether two submissions have one fingerprint."""

    def compare(first: bytes, second: bytes) -> bool:
        both = [fingerprint(assignment, {"halves.ipynb": data}) for data in (first, second)]
        return both[0] == both[1]

    return compare


def test_running_the_notebook_again_changes_nothing(same, good):
    assert same(notebook(good), notebook(good, outputs=True, kernel="another"))


def test_any_change_of_the_code_counts(same, good):
    assert not same(notebook(good), notebook(good + "#"))
    assert not same(notebook("a", "b"), notebook("ab"))


def test_code_that_a_message_may_name_counts(same, good):
    def with_text(text: str) -> bytes:
        document = json.loads(notebook(good))
        document["cells"].append(nbformat.v4.new_markdown_cell(text, id="text"))
        return json.dumps(document).encode()

    assert same(with_text("Решение"), with_text("Моё решение"))
    assert not same(with_text("Решение"), with_text("def half(x): return x"))


def test_files_beside_the_notebook_do_not_count(assignment, good):
    alone = {"halves.ipynb": notebook(good)}
    assert fingerprint(assignment, alone) == fingerprint(assignment, {**alone, "torch.py": b"x", "notes.md": b""})


@pytest.mark.parametrize("name", ["tests/test_halves.py", "probes.py", "assignment.toml"])
def test_any_change_of_the_assignment_counts(assignment, tmp_path, good, name):
    root = tmp_path / "halves"
    shutil.copytree(assignment.root, root)
    files = {"halves.ipynb": notebook(good)}
    assert fingerprint(load_assignment(root), files) == fingerprint(assignment, files)
    with (root / name).open("a") as file:
        file.write("\n# changed\n")
    assert fingerprint(load_assignment(root), files) != fingerprint(assignment, files)


def test_the_report_carries_it(assignment, grade, good):
    assert grade(good).fingerprint == fingerprint(assignment, {"halves.py": good.encode()})
