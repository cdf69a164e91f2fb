"""Which file of a commit is graded, and which stand beside it."""

from __future__ import annotations

from kafedra.grading.judge.source import submission_file
from kafedra.web.git import contents
from kafedra.web.git.command import GitFailed
from kafedra.web.runs import course
from kafedra.web.submissions.models import Repository, Submission
from kafedra.web.submissions.storage import repository_path

# What the course puts into a clone and a student may well change: their own notes are no alarm.
STUDENTS_OWN = ("README.md", ".gitignore")


def notebook_of(repository: Repository) -> str:
    """The file that is graded."""
    assignment = course.current().assignments.get(repository.assignment)
    return assignment.notebook if assignment else f"{repository.assignment}.ipynb"


def notebooks_beside(submission: Submission) -> tuple[str, ...]:
    """Other notebooks in the repository, of which none was graded."""
    repository = submission.repository
    path, template = repository_path(repository), repository.template_digest
    try:
        return contents.notebooks_beside(path, template, submission.commit, notebook_of(repository))
    except GitFailed:
        return ()


def graded_instead(submission: Submission) -> str:
    """The file that was graded because the assignment's own notebook is not in the commit; or nothing."""
    repository, notebook = submission.repository, notebook_of(submission.repository)
    try:
        names = contents.top_names(repository_path(repository), submission.commit)
    except GitFailed:
        return ""
    return "" if notebook in names else submission_file(notebook, repository.assignment, names) or ""
