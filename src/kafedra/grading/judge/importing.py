"""How the tests of an assignment are imported: with its own `probes`, in a language, by a pytest that is alone."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kafedra.course import Assignment, CourseError, Language, Translation, translation_of
from kafedra.grading.faults import UnusableAssignment
from kafedra.grading.judge.translating import translated_imports

_PLUGINS_NOT_NEEDED: Final = (
    "cacheprovider doctest junitxml pastebin stepwise nose logging unraisableexception threadexception warnings "
    "setuponly setupplan debugging faulthandler recwarn monkeypatch tmpdir terminal terminalprogress unittest "
    "legacypath reports subtests"
).split()

PYTEST_OPTIONS: Final = (
    *("-c", os.devnull, "-s", "--import-mode=importlib"),
    *(f"-pno:{name}" for name in _PLUGINS_NOT_NEEDED),
)


# pytest's own rewriting of `assert` would read the files past the translation, which rewrites them itself
_TRANSLATED: Final = ("--assert=plain",)


@contextlib.contextmanager
def importable(assignment: Assignment, language: Language | None = None) -> Iterator[list[str]]:
    """``import probes`` in a test means this assignment's own; modules beside the tests come after all libraries.

    What the tests say is in ``language``, where it is not their own and somebody has translated them. Yields the
    arguments with which pytest collects them. The assignment's folder itself is not searched: in a student's clone it
    may hold a ``torch.py``. Raises :class:`UnusableAssignment` if the probes can't be imported or the translation can't
    be read.
    """
    translation = _translation(assignment, language)
    folder = str(assignment.tests_dir)
    arguments = [folder, "--rootdir", folder, "--confcutdir", folder, *PYTEST_OPTIONS]
    spec = importlib.util.spec_from_file_location("probes", assignment.probes)
    assert spec is not None
    assert spec.loader is not None
    probes = importlib.util.module_from_spec(spec)
    sys.modules["probes"] = probes
    sys.path.append(folder)
    try:
        try:
            spec.loader.exec_module(probes)
        except Exception as error:
            raise UnusableAssignment(f"{assignment.probes}: {type(error).__name__}: {error}") from error
        if translation is None:
            yield arguments
        else:
            with translated_imports(assignment.tests_dir, translation):
                yield [*arguments, *_TRANSLATED]
    finally:
        sys.path.remove(folder)
        del sys.modules["probes"]


def _translation(assignment: Assignment, language: Language | None) -> Translation | None:
    try:
        return translation_of(assignment, language or assignment.language)
    except CourseError as error:
        raise UnusableAssignment(str(error)) from None


@contextlib.contextmanager
def pytest_alone() -> Iterator[None]:
    """pytest's own report is not for students; ours is. Nor are other plugins that happen to be installed."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    with Path(os.devnull).open("w") as null, contextlib.redirect_stdout(null), contextlib.redirect_stderr(null):
        yield
