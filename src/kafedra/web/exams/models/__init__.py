"""Rows of exams: what is written and marked, and pictures of the sheets."""

from kafedra.web.exams.models.scans import Scan, ScanFile
from kafedra.web.exams.models.written import LONGEST_REASON, Appeal, Choice, Exam, Mark, Opinion, Paper

__all__ = ["LONGEST_REASON", "Appeal", "Choice", "Exam", "Mark", "Opinion", "Paper", "Scan", "ScanFile"]
