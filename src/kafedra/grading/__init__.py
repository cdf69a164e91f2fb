"""The autograder: two processes, one verdict. A library; it knows no web and no database."""

from kafedra.grading.exposure import exposed
from kafedra.grading.faults import GradingError, GradingFault, NoGpu, SandboxUnavailable, UnusableAssignment
from kafedra.grading.fingerprint import fingerprint, tests_digest
from kafedra.grading.grader import Grader
from kafedra.grading.report import Outcome, Report, TestReport
from kafedra.grading.sandbox.selftest import Finding, check_sandbox

__all__ = [
    "Finding",
    "Grader",
    "GradingError",
    "GradingFault",
    "NoGpu",
    "Outcome",
    "Report",
    "SandboxUnavailable",
    "TestReport",
    "UnusableAssignment",
    "check_sandbox",
    "exposed",
    "fingerprint",
    "tests_digest",
]
