"""The cell of a new assignment by which students check themselves: it praises right work and notices the mistakes."""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kafedra.cli import main

ANSWER = "# BEGIN SOLUTION\n"


def made(course: Path, kind: str, language: str) -> Path:
    """The folder of a new assignment."""
    for command in (
        ["course", "new", str(course), "--lang", language],
        ["assignment", "new", "means", "--kind", kind, "--course", str(course)],
    ):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
    return course / "homework" / "means"


def said(notebook: str) -> list[str]:
    """What the notebook prints when all of it is run."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(notebook, "notebook.py", "exec"), {"__name__": "__main__"})
    return printed.getvalue().splitlines()


@pytest.mark.filterwarnings("ignore:(invalid value|divide by zero):RuntimeWarning")  # one of the mistakes: 0 / 0
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", ["python", "script", "numpy", "torch"])
def test_it_tells_right_work_from_blank_work_and_from_mistakes(tmp_path: Path, kind: str, language: str) -> None:
    root = made(tmp_path / "course", kind, language)
    notebook = (root / "notebook.py").read_text("utf-8")
    right = said(notebook)
    assert len(right) == 4
    assert all(line.startswith("✓ ") for line in right), right
    blank = said(notebook.replace(ANSWER, f"raise NotImplementedError\n    {ANSWER}"))
    assert len(blank) == 1
    assert blank[0].startswith("… "), "the rest of a blank notebook is run, too"
    assert "`kafedra check`" in notebook.rpartition("# %% [markdown]")[2]
    for mutant in sorted((root / "mutants").glob("*.py")):
        (change,) = (line for line in mutant.read_text("utf-8").splitlines() if line.startswith("# replace: "))
        before, after = change.removeprefix("# replace: ").split(" -> ")
        wrong = said(notebook.replace(before, after))
        assert any(line.startswith("✗ ") for line in wrong), f"{mutant.name}: {wrong}"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_reads_the_module_beside_the_notebook_as_it_is_saved_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    root = made(tmp_path / "course", "files", language)
    notebook = (root / "notebook.py").read_text("utf-8")
    clone = Path(shutil.copytree(root / "starter", tmp_path / "clone"))
    shutil.copytree(root / "data", clone / "data")
    monkeypatch.chdir(clone)
    monkeypatch.syspath_prepend(clone)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # one second sees several versions of the module
    monkeypatch.delitem(sys.modules, "moments", raising=False)
    blank = said(notebook)
    assert len(blank) == 1
    assert blank[0].startswith("… "), "the rest of a blank notebook is run, too"
    module = (root / "solutions" / "by_hand" / "moments.py").read_text("utf-8")
    (clone / "moments.py").write_text(module, "utf-8")
    half = said(notebook.replace(ANSWER, f"raise NotImplementedError\n    {ANSWER}"))
    assert [line[0] for line in half] == ["✓", "✓", "…"]
    right = said(notebook)
    assert [line[0] for line in right] == ["✓"] * 6, right
    for mutant in sorted((root / "mutants").glob("*.py")):
        (change,) = (line for line in mutant.read_text("utf-8").splitlines() if line.startswith("# replace: "))
        before, after = change.removeprefix("# replace: ").split(" -> ")
        (clone / "moments.py").write_text(module.replace(before, after), "utf-8")
        wrong = said(notebook.replace(before, after))
        assert any(line.startswith("✗ ") for line in wrong), f"{mutant.name}: {wrong}"
    monkeypatch.delitem(sys.modules, "moments")


@pytest.mark.parametrize(("language", "row"), [("ru", "рисунки условия"), ("en", "pictures of the statement")])
def test_the_readme_of_a_clone_names_the_folder_of_pictures(tmp_path: Path, language: str, row: str) -> None:
    root = made(tmp_path / "course", "python", language)

    def readme(place: str) -> str:
        arguments = ["assignment", "build", "means", "--course", str(tmp_path / "course"), "-o", str(tmp_path / place)]
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        return (tmp_path / place / "README.md").read_text("utf-8")

    assert "pictures/" not in readme("without")
    notebook = root / "notebook.py"
    notebook.write_text(notebook.read_text("utf-8") + "#\n# ![a line](pictures/line.png)\n", "utf-8")
    drawing = "from matplotlib.figure import Figure\n\n\ndef line():\n    return Figure()\n"
    (root / "pictures.py").write_text(drawing, "utf-8")
    text = readme("with")
    assert f"| `pictures/` | {row} |" in text
    assert (tmp_path / "with" / "pictures" / "line.png").is_file()
