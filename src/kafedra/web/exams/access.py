"""Who may enter which exam."""

from __future__ import annotations

from django.http import Http404

from kafedra.web.exams.models import Appeal, Exam, Paper, Scan, ScanFile
from kafedra.web.people.models import User
from kafedra.web.people.runs import (
    RunAccess,
    access_run,
    access_run_as_instructor,
    access_run_as_staff,
    one_of_run,
)


def access_exam(user: User, run: str, pk: int) -> tuple[RunAccess, Exam]:
    """An exam, for any member of the run."""
    return one_of_run(access_run(user, run), Exam.objects.select_related("run"), pk)


def access_exam_as_staff(user: User, run: str, pk: int) -> tuple[RunAccess, Exam]:
    """An exam with its questions and papers, for staff."""
    return one_of_run(access_run_as_staff(user, run), Exam.objects.select_related("run"), pk)


def access_exam_as_instructor(user: User, run: str, pk: int) -> tuple[RunAccess, Exam]:
    """An exam, for who decides about it."""
    return one_of_run(access_run_as_instructor(user, run), Exam.objects.select_related("run"), pk)


def access_result(user: User, run: str, pk: int) -> tuple[RunAccess, Paper]:
    """One's own marked paper of a published exam; Http404 before that, and for everybody else."""
    access, exam = access_exam(user, run, pk)
    paper = exam.papers.filter(student=access.user).select_related("exam__run").first()
    if paper is None or exam.published_at is None:
        raise Http404
    return access, paper


def access_appeal(user: User, run: str, pk: int) -> tuple[RunAccess, Appeal]:
    """A request to look again, for staff."""
    rows = Appeal.objects.select_related("paper__student", "paper__exam__run")
    return one_of_run(access_run_as_staff(user, run), rows, pk, run="paper__exam__run")


def access_scan(user: User, run: str, pk: int) -> Scan:
    """A scanned page: for staff, and once the marks are published for whose paper it is; else Http404."""
    access, scan = one_of_run(access_run(user, run), Scan.objects.select_related("paper", "exam"), pk, run="exam__run")
    own = scan.paper is not None and scan.paper.student_id == access.user.pk
    if not access.is_staff and not (own and scan.exam.published_at is not None):
        raise Http404
    return scan


def access_scan_as_staff(user: User, run: str, pk: int) -> tuple[RunAccess, Scan]:
    """A scanned page, to say whose it is."""
    rows = Scan.objects.defer("head", "body").select_related("paper", "exam__run")
    return one_of_run(access_run_as_staff(user, run), rows, pk, run="exam__run")


def access_scan_file_as_instructor(user: User, run: str, pk: int) -> tuple[RunAccess, ScanFile]:
    """A file of scans, to take it away."""
    rows = ScanFile.objects.defer("data").select_related("exam__run")
    return one_of_run(access_run_as_instructor(user, run), rows, pk, run="exam__run")
