"""What a verdict depends on, in one number: equal fingerprints, equal verdicts (up to the seed)."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import kafedra
from kafedra.course import Assignment, Environment
from kafedra.grading.judge.source import find_submission
from kafedra.notebooks import UnusableSubmission, read_submission
from kafedra.notebooks.edges import defined_in_prose

_LENGTH: Final = 64  # 256 bits: two contents with one fingerprint can't be looked for


def fingerprint(assignment: Assignment, files: Mapping[str, bytes]) -> str:
    """Hexadecimal digits for the code cells, the assignment's tests, probes and limits, and this environment.

    Outputs, metadata and text cells of a notebook are not in it: running a notebook again changes nothing.
    """
    return mark_of(assignment, files, bundle_digest(assignment), environment_digest(assignment.environment))


def mark_of(assignment: Assignment, files: Mapping[str, bytes], bundle: str, environment: str) -> str:
    """The fingerprint of a run somewhere else: by the tests of ``bundle``, in the environment of that digest."""
    return _digest((environment.encode(), bundle.encode(), *_submission(assignment, files)))


def bundle_digest(assignment: Assignment) -> str:
    """Hexadecimal digits for what the course gives: the tests, probes and limits."""
    return _digest(_assignment(assignment))


def environment_digest(environment: Environment) -> str:
    """Hexadecimal digits for what runs it here: this kafedra, the interpreter and the preloaded packages."""
    return _digest(_environment(environment))


def tests_digest(assignment: Assignment) -> str:
    """Hexadecimal digits for everything but the submission: the tests, probes and limits, and this environment."""
    return tests_mark(bundle_digest(assignment), environment_digest(assignment.environment))


def tests_mark(bundle: str, environment: str) -> str:
    """The same for tests and an environment somewhere else."""
    return _digest((environment.encode(), bundle.encode()))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.blake2b(digest_size=_LENGTH // 2)
    for part in parts:
        digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()


def _environment(environment: Environment) -> Iterator[bytes]:
    yield kafedra.__version__.encode()
    yield (environment.python or sys.version).encode()
    for name in sorted(environment.preload):
        try:
            yield f"{name} {_version(name)}".encode()
        except importlib.metadata.PackageNotFoundError:
            yield name.encode()


@functools.cache  # what is installed under a process that has loaded it changes nothing in it
def _version(package: str) -> str:
    return importlib.metadata.version(package)


def _assignment(assignment: Assignment) -> Iterator[bytes]:
    paths = [assignment.root / "assignment.toml", assignment.probes, *assignment.tests_dir.rglob("*")]
    paths += [assignment.root / name for name in assignment.data]
    for path in sorted(paths):
        if path.is_file() and "__pycache__" not in path.parts:
            yield Path(path).relative_to(assignment.root).as_posix().encode()
            yield path.read_bytes()


def _submission(assignment: Assignment, files: Mapping[str, bytes]) -> Iterator[bytes]:
    name = find_submission(assignment, files)
    for other in assignment.handed_in:
        if other in files and (other != name or not assignment.is_code):
            yield other.encode()
            yield files[other]
    if name is None:
        yield b"no file"
        return
    yield name.encode()
    if not assignment.is_code:
        return
    try:
        source = read_submission(name, files[name])
    except UnusableSubmission:
        yield files[name]
    else:
        yield json.dumps([[cell.number, cell.source] for cell in source.cells]).encode()
        # what messages are made of: code in text cells, the Python that saved the notebook
        texts = [[text.number, sorted(defined_in_prose(text.source))] for text in source.texts]
        yield json.dumps([source.saved_by, [text for text in texts if text[1]]]).encode()
