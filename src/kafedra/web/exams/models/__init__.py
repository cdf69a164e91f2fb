"""Rows of exams: what is written and marked, pictures of the sheets, cards of an oral part."""

from kafedra.web.exams.models.oral import Draw
from kafedra.web.exams.models.scans import Scan, ScanFile
from kafedra.web.exams.models.written import LONGEST_REASON, Appeal, Choice, Exam, Mark, Opinion, Paper

__all__ = ["LONGEST_REASON", "Appeal", "Choice", "Draw", "Exam", "Mark", "Opinion", "Paper", "Scan", "ScanFile"]
