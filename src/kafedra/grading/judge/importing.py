"""How the tests of an assignment are imported: with its own `probes`, by a pytest that is alone."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kafedra.course import Assignment
from kafedra.grading.faults import UnusableAssignment

_PLUGINS_NOT_NEEDED: Final = (
    "cacheprovider doctest junitxml pastebin stepwise nose logging unraisableexception threadexception warnings "
    "setuponly setupplan debugging faulthandler recwarn monkeypatch tmpdir terminal terminalprogress unittest "
    "legacypath reports subtests"
).split()

PYTEST_OPTIONS: Final = (
    *("-c", os.devnull, "-s", "--import-mode=importlib"),
    *(f"-pno:{name}" for name in _PLUGINS_NOT_NEEDED),
)


@contextlib.contextmanager
def importable(assignment: Assignment) -> Iterator[None]:
    """``import probes`` in a test means this assignment's own; modules beside the tests come after all libraries.

    The assignment's folder itself is not searched: in a student's clone it may hold a ``torch.py``. Raises
    :class:`UnusableAssignment` if the probes can't be imported.
    """
    spec = importlib.util.spec_from_file_location("probes", assignment.probes)
    assert spec is not None
    assert spec.loader is not None
    probes = importlib.util.module_from_spec(spec)
    sys.modules["probes"] = probes
    sys.path.append(str(assignment.tests_dir))
    try:
        try:
            spec.loader.exec_module(probes)
        except Exception as error:
            raise UnusableAssignment(f"{assignment.probes}: {type(error).__name__}: {error}") from error
        yield
    finally:
        sys.path.remove(str(assignment.tests_dir))
        del sys.modules["probes"]


@contextlib.contextmanager
def pytest_alone() -> Iterator[None]:
    """pytest's own report is not for students; ours is. Nor are other plugins that happen to be installed."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    with Path(os.devnull).open("w") as null, contextlib.redirect_stdout(null), contextlib.redirect_stderr(null):
        yield
