"""What an assignment forbids, tried out by mutants that are made here: none must get through.

For each forbidden API two of them: one spells it in every required name, which the text must show; the other comes to
it by a name put together at run time and calls it, which the sandbox must refuse. Then, for every test and so for every
probe, two more, by one API for all: in one every required name spells it, in the other every one calls it, and no test
may pass, nor may one go past the search of the text.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kafedra.course import Assignment, load_assignment
from kafedra.grading.grader import Grader
from kafedra.grading.judge.forbidden import find_forbidden, forbidden_names
from kafedra.grading.judge.source import read_source
from kafedra.grading.report import Outcome, Report

_SLUG: Final = "forbidden"
_DESCRIPTION: Final = """slug = "forbidden"
title = "Forbidden"
summary = "Every forbidden API is called."
points = 1
requires = ["call_all"]

[limits]
test_seconds = 60
total_seconds = 60
load_seconds = {limits.load_seconds}
memory_mb = {limits.memory_mb}
processes = {limits.processes}

"""
_PROBE: Final = """
def call_all(student):
    return student.call_all()
"""
_TEST: Final = '''
import probes
import pytest


@pytest.mark.points("1")
def test_every_api_is_refused(submission):
    """Every forbidden API is refused when it is called."""
    left = submission.call(probes.call_all)
    assert not left, f"forbidden, and not refused when it is called: {', '.join(left)}"
'''
_PROGRAM: Final = """
import importlib

PATHS = {paths!r}


def call_all():
    return [f"{{path}} ({{end}})" for path in PATHS if (end := outcome(path)) not in ("ForbiddenAPI", "")]


def outcome(path):
    found, place = None, ""
    for name in path.split("."):
        place = f"{{place}}.{{name}}".lstrip(".")
        try:
            found = getattr(found, name) if hasattr(found, name) else importlib.import_module(place)
        except ImportError:
            return ""
    try:
        found()
    except Exception as error:
        return type(error).__name__
    return "it was called"
"""
_CALL: Final = """
import importlib


def call_it(*values):
    found, place = None, ""
    for name in "{path}".split("."):
        place = f"{{place}}.{{name}}".lstrip(".")
        found = getattr(found, name) if hasattr(found, name) else importlib.import_module(place)
    return found(*values)
"""


def spelled_problem(assignment: Assignment) -> str:
    """The first API that a required name may spell; empty if there is none."""
    names = forbidden_names(assignment.forbidden)
    for ban in assignment.forbidden if assignment.is_code and assignment.requires else ():
        api = ban.api.replace("*", "anything")
        text = _spelling(assignment.requires, api)
        source = read_source(assignment, {f"{assignment.slug}.py": text.encode()}, assignment.language)
        missed = set(assignment.requires) - find_forbidden(source.module, names).keys()
        if missed:
            return f"{ban.api} is forbidden, and {', '.join(sorted(missed))} may spell it"
    return ""


def let_through(assignment: Assignment, grader: Grader, reports: list[Report]) -> str:
    """The first test that work full of a forbidden API does not fail as it must; empty if there is none.

    Raises what :meth:`~kafedra.grading.Grader.grade` raises; adds its two reports to ``reports``.
    """
    apis = [ban.api for ban in assignment.forbidden if not ban.api.endswith("*")]
    if not (apis and assignment.is_code and assignment.requires):
        return ""
    calls = _CALL.format(path=apis[0]) + "".join(_definitions(assignment.requires, "return call_it(*values)"))
    for text in (_spelling(assignment.requires, apis[0]), calls):
        files = {f"{assignment.slug}.py": text.encode()}
        reports.append(grader.grade(assignment, files, seed=0, language=assignment.language, reveal=True))
    seen, called = reports[-2:]
    for test in seen.tests:
        if test.max_points and test.outcome is not Outcome.FORBIDDEN:
            return f"{test.id}: {test.outcome}, though every required name spells {apis[0]}"
    for test in called.tests:
        if test.max_points and test.outcome is Outcome.PASSED:
            return f"{test.id} passes, though every required name does nothing but call {apis[0]}"
    return ""


def _spelling(required: tuple[str, ...], api: str) -> str:
    """To be read and never run: what refuses it is the search of the text."""
    return f"import {api.partition('.')[0]}\n" + "".join(_definitions(required, f"return None\n    {api}"))


def _definitions(required: tuple[str, ...], body: str) -> Iterator[str]:
    for name in required:
        yield f"\n\ndef {name}(*values):\n    {body}\n"


def call_everything(assignment: Assignment, grader: Grader) -> Report:
    """One test, passed if each forbidden API that is there refuses to be called.

    Raises what :meth:`~kafedra.grading.Grader.grade` raises.
    """
    paths = [path for path in forbidden_names(assignment.forbidden) if not path.endswith("*")]
    with tempfile.TemporaryDirectory(prefix="kafedra-forbidden-") as name:
        folder = Path(name, _SLUG)
        (folder / "tests").mkdir(parents=True)
        bans = "".join(f'[[forbidden]]\napi = "{ban.api}"\n\n' for ban in assignment.forbidden)
        (folder / "assignment.toml").write_text(_DESCRIPTION.format(limits=assignment.limits) + bans, "utf-8")
        (folder / "probes.py").write_text(_PROBE, "utf-8")
        (folder / "tests" / "test_forbidden.py").write_text(_TEST, "utf-8")
        program = _PROGRAM.format(paths=paths)
        report = grader.grade(load_assignment(folder), {f"{_SLUG}.py": program.encode()}, seed=0, language="en")
        return report.model_copy(update={"notes": ()})  # that it puts names together at run time is the point
