"""The autograder: two processes, one verdict. A library; it knows no web and no database."""

from kafedra.grading.exposure import exposed
from kafedra.grading.faults import GradingError, GradingFault, NoGpu, SandboxUnavailable, UnusableAssignment
from kafedra.grading.fingerprint import (
    bundle_digest,
    environment_digest,
    fingerprint,
    mark_of,
    tests_digest,
    tests_mark,
)
from kafedra.grading.grader import Grader, graded_files
from kafedra.grading.promise import checked
from kafedra.grading.report import Outcome, Report, TestReport
from kafedra.grading.sandbox.selftest import Finding, check_sandbox
from kafedra.grading.wire import Job, Promise

__all__ = [
    "Finding",
    "Grader",
    "GradingError",
    "GradingFault",
    "Job",
    "NoGpu",
    "Outcome",
    "Promise",
    "Report",
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
