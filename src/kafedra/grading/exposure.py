"""What must stay hidden from the code of strangers, and whether it lies where they can read."""

from __future__ import annotations

import functools
from pathlib import Path

from kafedra.grading.sandbox.interpreter import find_interpreter
from kafedra.grading.sandbox.wall import shown


@functools.cache  # asked before every verdict
def exposed(path: Path, python: str | None = None) -> Path | None:
    """The folder through which the sandbox would show `path`; None when it hides it.

    The sandbox shows the system and the interpreter `python` (None: this one) with its packages. A course below them
    would give its hidden tests away. Raises :class:`~kafedra.grading.faults.SandboxUnavailable` if `python` can't be
    used.
    """
    real = path.resolve()
    folders = (folder.resolve() for folder in shown(find_interpreter(python)))
    return next((folder for folder in folders if real.is_relative_to(folder)), None)
