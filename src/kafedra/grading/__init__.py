"""The autograder: two processes, one verdict. A library; it knows no web and no database."""

from kafedra.grading.faults import GradingError, GradingFault, SandboxUnavailable, UnusableAssignment
from kafedra.grading.fingerprint import fingerprint
from kafedra.grading.grader import Grader
from kafedra.grading.report import Outcome, Report, TestReport
from kafedra.grading.sandbox.selftest import Finding, check_sandbox

__all__ = [
    "Finding",
    "Grader",
    "GradingError",
    "GradingFault",
    "Outcome",
    "Report",
    "SandboxUnavailable",
    "TestReport",
    "UnusableAssignment",
    "check_sandbox",
    "fingerprint",
]
