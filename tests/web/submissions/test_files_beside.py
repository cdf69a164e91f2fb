"""Where the notebook lies elsewhere, or the work is in another file, its name is said."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.files import about_files
from kafedra.web.submissions.services.handing_in import accept_assignment, record_push
from kafedra.web.submissions.storage import repository_path

NAME = "activations.ipynb"


@pytest.mark.parametrize(
    ("moved", "copied", "changed", "words"),
    [
        (
            "hw1/solution.ipynb",
            "",
            False,
            f"Only {NAME} at the top of the repository is graded. There is hw1/solution.ipynb",
        ),
        ("src/work.py", "", False, "There is src/work.py: move it there."),
        ("mine.ipynb", "", False, f"The repository has no {NAME}; mine.ipynb was graded instead."),
        (
            "",
            "activations.py",
            False,
            f"{NAME} is as it was given out, and that is what was graded, not activations.py.",
        ),
        ("", "a/old.ipynb", True, f"The repository also has a/old.ipynb; {NAME} was graded."),
        ("", "helpers.py", True, ""),
        ("", ".ipynb_checkpoints/a.ipynb", False, ""),
        ("", "", False, ""),
    ],
)
def test_another_file_that_may_be_meant_is_named(
    run: Run, student: User, tmp_path: Path, moved: str, copied: str, changed: bool, words: str
) -> None:
    repository = accept_assignment(student=student, run=run, assignment="activations")
    clone, path = tmp_path / "clone", str(repository_path(repository))
    subprocess.run(["git", "clone", "--quiet", path, str(clone)], check=True)
    for name in filter(None, (moved, copied)):
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(clone / NAME, clone / name)
    if moved:
        (clone / NAME).unlink()
    if changed:
        (clone / NAME).write_text("{}")
    git = ["git", "-C", str(clone), "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run([*git, "add", "--all", "--force"], check=True)
    subprocess.run([*git, "commit", "--quiet", "--allow-empty", "-m", "Work"], check=True)
    subprocess.run([*git, "push", "--quiet", path, f"HEAD:refs/heads/{tmp_path.name}"], check=True)
    commit = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    submission = record_push(repository=repository, commit=commit, pushed_at=datetime.now(UTC), protected_changes=[])
    with translation.override("en"):
        said = about_files(submission)
    assert len(said) == bool(words)
    assert words in "".join(said)
