"""Which file of a commit is graded, and which stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from kafedra.grading.judge.source import submission_file
from kafedra.web.git import contents
from kafedra.web.git.command import GitFailed
from kafedra.web.runs import course
from kafedra.web.submissions.models import Repository, Submission
from kafedra.web.submissions.storage import repository_path

# What the course puts into a clone and a student may well change: their own notes are no alarm.
STUDENTS_OWN = ("README.md", ".gitignore")
_MOST_NAMES: Final = 5


def notebook_of(repository: Repository) -> str:
    """The file that is graded."""
    assignment = course.current().assignments.get(repository.assignment)
    return assignment.notebook if assignment else f"{repository.assignment}.ipynb"


def handed_in(repository: Repository) -> tuple[str, ...]:
    """Every file that the student hands in, the graded one first."""
    assignment = course.current().assignments.get(repository.assignment)
    return assignment.handed_in if assignment else (notebook_of(repository),)


def about_files(submission: Submission) -> tuple[str, ...]:
    """What to say where the file that was graded may not be the one that its author means."""
    repository, notebook = submission.repository, notebook_of(submission.repository)
    path, template = repository_path(repository), repository.template_digest
    try:
        found = contents.beside(path, template, submission.commit, notebook, handed_in(repository))
        names = [name for name in contents.top_names(path, submission.commit) if name not in handed_in(repository)]
    except GitFailed:
        return ()
    instead = "" if found.there else submission_file(notebook, repository.assignment, names) or ""
    return tuple(_sentences(found, notebook, instead))


def _sentences(found: contents.Beside, notebook: str, instead: str) -> Iterator[str]:
    others = [*found.notebooks, *found.modules]
    if instead:
        words = _("The repository has no {notebook}; {file} was graded instead.")
        yield words.format(notebook=notebook, file=instead)
    elif not found.there and others:
        words = _("Only {notebook} at the top of the repository is graded. There is {files}: move it there.")
        yield words.format(notebook=notebook, files=_listed(others))
    elif found.untouched and others:
        words = _("{notebook} is as it was given out, and that is what was graded, not {files}.")
        yield words.format(notebook=notebook, files=_listed(others))
    elif found.notebooks:
        words = _("The repository also has {files}; {notebook} was graded.")
        yield words.format(files=_listed(found.notebooks), notebook=notebook)


def _listed(files: Sequence[str]) -> str:
    return ", ".join(files[:_MOST_NAMES]) + (" …" if len(files) > _MOST_NAMES else "")
