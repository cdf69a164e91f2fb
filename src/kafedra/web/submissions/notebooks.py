"""Notebooks out of students' repositories, for reading: never run, never written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from kafedra.grading.judge.source import submission_file
from kafedra.notebooks import UnusableSubmission
from kafedra.notebooks.aligning import Effort
from kafedra.notebooks.comparing import DiffLine, compare_lines
from kafedra.notebooks.document import Notebook
from kafedra.notebooks.files import read_handed_in
from kafedra.notebooks.outputs import Picture, picture_of
from kafedra.notebooks.prose import visible
from kafedra.notebooks.rendering import RenderedCell, render_notebook
from kafedra.web.frame.apart import TooCostly, apart
from kafedra.web.frame.language import spoken
from kafedra.web.git.command import GitFailed
from kafedra.web.git.contents import entries, read_files, submitted_files
from kafedra.web.submissions.addresses import picture_in
from kafedra.web.submissions.files import handed_in
from kafedra.web.submissions.models import Repository, Submission
from kafedra.web.submissions.picture_addresses import PLACE, PicturesAt
from kafedra.web.submissions.storage import repository_path

MAX_READ_BYTES = 64 * 1024 * 1024
MAX_PICTURE_BYTES = 8 * 1024 * 1024
MAX_TEXT_BYTES = 100_000
MAX_CHANGED_FILES = 20
_MAX_UNUSABLE = 2000  # notebooks
EMPTY = Notebook(())


@dataclass(frozen=True, slots=True)
class _Place:
    """A commit holds the same files wherever it is, so it alone tells places apart."""

    commit: str
    handed_in: tuple[str, ...]
    slug: str
    repository: Path = field(compare=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A notebook, or why there is none to show, in the visitor's language."""

    notebook: Notebook
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file of the course that a push changed, line by line."""

    name: str
    lines: tuple[DiffLine, ...]


def submitted(submission: Submission) -> Opened:
    """The notebook of one submission."""
    return _opened(_place(submission.repository, submission.commit))


def starter(repository: Repository) -> Opened:
    """The notebook that the student started from."""
    return _opened(_place(repository, repository.template_digest))


def rendered(submission: Submission) -> tuple[RenderedCell, ...]:
    """Every cell of the submission as safe HTML; no cells when the notebook can't be read."""
    place = _place(submission.repository, submission.commit)
    return _rendered(place, submission.repository.run.slug, submission.pk)


def picture(submission: Submission, name: str) -> Picture | None:
    """A picture of the submission: by its digest one inside the notebook, by its path one in the repository."""
    inside = submitted(submission).notebook.pictures.get(name)
    if inside is not None:
        return inside
    path = repository_path(submission.repository)
    try:
        found = [one for one in entries(path, submission.commit) if one.path == name and one.size <= MAX_PICTURE_BYTES]
        data = read_files(path, found).get(name)
    except GitFailed:
        return None
    return picture_of(data) if data is not None else None


def changed_files(submission: Submission) -> tuple[ChangedFile, ...]:
    """The files of the course that this push changed, and how: they have no effect, but a reviewer may wonder why."""
    repository, names = submission.repository, submission.protected_changes[:MAX_CHANGED_FILES]
    before = _texts(repository, repository.template_digest, names)
    after = _texts(repository, submission.commit, names)
    effort = Effort()
    return tuple(ChangedFile(name, compare_lines(before.get(name, ""), after.get(name, ""), effort)) for name in names)


def _texts(repository: Repository, commit: str, names: Collection[str]) -> dict[str, str]:
    """The named files as text, those that are there and small enough."""
    path = repository_path(repository)
    try:
        found = [one for one in entries(path, commit) if one.path in names and one.size <= MAX_TEXT_BYTES]
        return {name: visible(data.decode(errors="replace")) for name, data in read_files(path, found).items()}
    except GitFailed:
        return {}


def _place(repository: Repository, commit: str) -> _Place:
    return _Place(commit, handed_in(repository), repository.assignment, repository_path(repository))


def _opened(place: _Place) -> Opened:
    try:
        return Opened(_read(place))
    except UnusableSubmission as error:
        return Opened(EMPTY, error.message(spoken()))
    except (GitFailed, FileNotFoundError):
        return Opened(EMPTY, _("There is no {name} in this submission.").format(name=place.handed_in[0]))


# A page asks for the notebook, for the last reviewed one and for the starter, and then for each picture.
@lru_cache(maxsize=24)
def _tried(place: _Place) -> Notebook | UnusableSubmission:
    if (known := _unusable.get(place)) is not None:
        return known
    try:
        return _read_apart(place)
    except UnusableSubmission as error:  # remembered for longer: it may have cost all that such a thing is given
        if len(_unusable) >= _MAX_UNUSABLE:
            _unusable.clear()
        return _unusable.setdefault(place, error.with_traceback(None))


# A notebook that costs two seconds is looked at once, however many others' pages come between two visits.
_unusable: dict[_Place, UnusableSubmission] = {}


def _read(place: _Place) -> Notebook:
    found = _tried(place)
    if isinstance(found, UnusableSubmission):
        raise UnusableSubmission(found.code, found.params)
    return found


def _read_apart(place: _Place) -> Notebook:
    files = submitted_files(place.repository, place.commit, place.handed_in, MAX_READ_BYTES)
    main, *others = place.handed_in
    # what is graded, and nothing else in its place
    chosen = submission_file(main, place.slug, [name for name in files if name not in others])
    beside = {name: files[name] for name in others if name in files}
    if chosen is None and not beside:
        raise GitFailed(f"nothing handed in in {place.commit}")
    try:
        return apart(read_handed_in, chosen or "", files.get(chosen or ""), beside)
    except TooCostly as error:
        raise UnusableSubmission("too-complex", {"name": chosen or main}) from error


@lru_cache(maxsize=24)
def _rendered(place: _Place, run: str, submission: int) -> tuple[RenderedCell, ...]:
    address = PicturesAt(picture_in(run, submission, PLACE))
    try:
        return apart(render_notebook, _read(place), picture=address)
    except (UnusableSubmission, GitFailed, FileNotFoundError, TooCostly):
        return ()
