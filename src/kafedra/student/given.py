"""What the notebook of a clone was when it was given out: that of the first commit."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from kafedra.notebooks import UnusableSubmission, read_submission
from kafedra.notebooks.authoring import INVITATIONS

_PATIENCE_SECONDS: Final = 5.0  # git answers at once, on a busy machine too


def statement(folder: Path, notebook: str) -> frozenset[str]:
    """The lines of its texts, as comments: what the server reads in the author's notebook.

    Empty where that can't be known: in a folder without git, and where the first commit is work that is answered.
    """
    try:
        first = _git(folder, "rev-list", "--max-parents=0", "HEAD").decode().split()[-1]
        texts = read_submission(notebook, _git(folder, "show", f"{first}:./{notebook}")).texts
    except (OSError, IndexError, subprocess.SubprocessError, UnusableSubmission):
        return frozenset()
    invitations = {words["markdown"] for words in INVITATIONS.values()}
    given = [text.source for text in texts if text.source.strip() not in invitations]
    if len(given) == len(texts):
        return frozenset()
    return frozenset(f"# {line.rstrip()}" for text in given for line in text.split("\n"))


def _git(folder: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, timeout=_PATIENCE_SECONDS, check=True).stdout
