"""The autograder: two processes, one verdict. A library; it knows no web and no database.

What builds sandboxes is loaded when it is first asked for: it needs Linux, and ``kafedra check`` does not.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

from kafedra.grading.faults import GradingError, GradingFault, NoGpu, SandboxUnavailable, UnusableAssignment
from kafedra.grading.fingerprint import (
    bundle_digest,
    environment_digest,
    fingerprint,
    mark_of,
    tests_digest,
    tests_mark,
)
from kafedra.grading.promise import checked
from kafedra.grading.report import Outcome, Report, TestReport
from kafedra.grading.wire import Job, Promise

if TYPE_CHECKING:
    from kafedra.grading.exposure import exposed
    from kafedra.grading.grader import Grader, Renewal, graded_files
    from kafedra.grading.sandbox.selftest import SandboxFinding, check_sandbox

__all__ = [
    "Grader",
    "GradingError",
    "GradingFault",
    "Job",
    "NoGpu",
    "Outcome",
    "Promise",
    "Renewal",
    "Report",
    "SandboxFinding",
    "SandboxUnavailable",
    "TestReport",
    "UnusableAssignment",
    "bundle_digest",
    "check_sandbox",
    "checked",
    "environment_digest",
    "exposed",
    "fingerprint",
    "graded_files",
    "mark_of",
    "tests_digest",
    "tests_mark",
]

_ON_LINUX: Final = {
    "Grader": "kafedra.grading.grader",
    "Renewal": "kafedra.grading.grader",
    "SandboxFinding": "kafedra.grading.sandbox.selftest",
    "check_sandbox": "kafedra.grading.sandbox.selftest",
    "exposed": "kafedra.grading.exposure",
    "graded_files": "kafedra.grading.grader",
}


def __getattr__(name: str) -> Any:
    if name not in _ON_LINUX:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_ON_LINUX[name]), name)
    globals()[name] = value
    return value
