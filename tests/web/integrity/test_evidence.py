"""The text that a case keeps: cell by cell, with citations and changed files of the course by their lines."""

from __future__ import annotations

import pytest

from kafedra.notebooks.comparing import DiffLine
from kafedra.notebooks.document import Notebook, NotebookCell
from kafedra.web.integrity import evidence
from kafedra.web.integrity.evidence import Cited
from kafedra.web.submissions.models import Repository, Submission
from kafedra.web.submissions.notebooks import ChangedFile, Opened

GIVEN = Notebook((NotebookCell(1, "code", "# Source: the paper\nx = 1"),))
HANDED_IN = Notebook(
    (
        *GIVEN.cells,
        NotebookCell(2, "markdown", "Ответ\u202e"),
        NotebookCell(3, "code", "y = 2\n# Источник: лекция\nz = 3"),
    )
)
CHANGED = ChangedFile("tests/test_x.py", (DiffLine("removed", "assert 0"), DiffLine("added", "pass")))


def test_lines_are_numbered_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "submitted", lambda _one: Opened(HANDED_IN))
    monkeypatch.setattr(evidence, "starter", lambda _one: Opened(GIVEN))
    monkeypatch.setattr(evidence, "changed_files", lambda _one: (CHANGED,))
    kept = evidence.read(Submission(repository=Repository()))
    assert kept.lines == (
        "# %% [1]", "# Source: the paper", "x = 1", "# %% [2] markdown", "Ответ⟨U+202E⟩", "# %% [3]", "y = 2",
        "# Источник: лекция", "z = 3", "# %% tests/test_x.py", "- assert 0", "+ pass",
    )  # fmt: skip
    assert kept.cited == (Cited(8, 9, "лекция"),), "what the course gave out is nobody's citation"
    assert (kept.left_out, kept.problem) == (0, "")


def test_a_huge_work_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    huge = Notebook((NotebookCell(1, "code", "\n".join(["x" * 2000] * 7000)),))
    monkeypatch.setattr(evidence, "submitted", lambda _one: Opened(huge))
    monkeypatch.setattr(evidence, "changed_files", lambda _one: ())
    kept = evidence.read(Submission(repository=Repository()))
    assert (len(kept.lines), kept.left_out, max(map(len, kept.lines))) == (6000, 1001, 1000)
