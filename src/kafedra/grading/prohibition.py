"""What an assignment forbids, tried out by mutants that are made here: none must get through.

The text is held from two sides: each forbidden API is spelled in each required name, which the search must show; and
where every required name spells one, no test may go past that search. When it runs, each test calls each API: whatever
required name a probe takes, it comes to all of them by names put together at run time, and every one must be refused;
``module.*`` is called by each name that it stands for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kafedra.course import Assignment
from kafedra.grading.grader import Grader
from kafedra.grading.judge.forbidden import find_forbidden, forbidden_names
from kafedra.grading.judge.source import read_source
from kafedra.grading.report import Outcome, Report

# A call that is not refused ends the process: no probe can take that for anything else, and the report shows it.
_CALLS: Final = """
import importlib
import os

PATHS = {paths!r}


def call_all(values, named):
    refusals = []
    for path in PATHS:
        owner, _, last = path.rpartition(".")
        for name in public(owner) if last == "*" else [last]:
            refusals.append(called(f"{{owner}}.{{name}}", values, named))
    raise [refusal for refusal in refusals if refusal is not None][-1]


# what a star stands for; of a package that can't be loaded its own name, for that has to be refused itself
def public(path):
    owner = found(path)
    if isinstance(owner, Exception) or owner is None:
        return [path]
    names = [name for name in dir(owner) if not name.startswith("_")]
    return [name for name in names if callable(held := getattr(owner, name, None)) and not foreign(path, held)]


# a class from elsewhere; and what describes a dict or a tuple makes no more than one
def foreign(path, held):
    elsewhere = isinstance(held, type) and not f"{{held.__module__}}.".startswith(f"{{path}}.")
    record = isinstance(held, type) and issubclass(held, tuple)
    return elsewhere or record or type(held).__name__ == "_TypedDictMeta"


# what is at a path: the exception that refused it, None where there is nothing
def found(path):
    object, place = None, ""
    for name in path.split("."):
        place = f"{{place}}.{{name}}".lstrip(".")
        try:
            object = getattr(object, name) if hasattr(object, name) else importlib.import_module(place)
        except ImportError as error:
            return error if is_refusal(error) else None
    return object


def is_refusal(error):
    return any(kind.__name__ == "ForbiddenAPI" for kind in type(error).__mro__)


def called(path, values, named):
    function = found(path)
    if function is None or is_refusal(function):
        return function
    try:
        function(*values, **named)
    except Exception as error:
        if is_refusal(error):
            return error
    os._exit(1)
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
    """The first test that work full of forbidden APIs does not fail as it must; empty if there is none.

    Raises what :meth:`~kafedra.grading.Grader.grade` raises; adds its reports to ``reports``, two where all is well.
    """
    apis = list(forbidden_names(assignment.forbidden))
    if not (apis and assignment.is_code and assignment.requires):
        return ""

    def graded(text: str) -> Report:
        files = {f"{assignment.slug}.py": text.encode()}
        reports.append(grader.grade(assignment, files, seed=0, language=assignment.language, reveal=True))
        return reports[-1]

    for test in graded(_spelling(assignment.requires, apis[0].replace("*", "anything"))).tests:
        if test.max_points and test.outcome is not Outcome.FORBIDDEN:
            return f"{test.id}: {test.outcome}, though every required name spells {apis[0]}"
    for test in graded(_calling(assignment.requires, apis)).tests:
        if test.max_points and test.outcome is Outcome.PASSED:
            return f"{test.id} passes, though every required name does nothing but call what is forbidden"
        if test.outcome is Outcome.CRASHED:
            by_itself = (api for api in apis if _crashes(graded(_calling(assignment.requires, [api])), test.id))
            return f"{test.id}: {next(by_itself, 'an API')} is forbidden, and was not refused when it was called"
    return ""


def _crashes(report: Report, test_id: str) -> bool:
    return any(test.id == test_id and test.outcome is Outcome.CRASHED for test in report.tests)


def _spelling(required: tuple[str, ...], api: str) -> str:
    """To be read and never run: what refuses it is the search of the text."""
    return f"import {api.partition('.')[0]}\n" + "".join(_definitions(required, f"return None\n    {api}"))


def _calling(required: tuple[str, ...], apis: Sequence[str]) -> str:
    """To be run: no name of an API stands in it as one."""
    return _CALLS.format(paths=list(apis)) + "".join(_definitions(required, "call_all(values, named)"))


def _definitions(required: tuple[str, ...], body: str) -> Iterator[str]:
    for name in required:
        yield f"\n\ndef {name}(*values, **named):\n    {body}\n"
