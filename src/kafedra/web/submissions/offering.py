"""What `git pull` brings a student from the course: published editions, merged with the student's own main.

Main itself moves by the student's pushes alone; the reflog, recovery and "a push starts from main" depend on that. So
the merge is kept in a namespace of git's beside it, and only who fetches sees that one. Whoever never pulls pushes on
as before; whoever pulls has the merge, and their next push brings it to main.

The notebook is never touched, nor are README and .gitignore. Where the student changed a file of the course, the
course's one takes its place and the student's stands beside it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kafedra.course import Language
from kafedra.web.git.command import GitFailed, git
from kafedra.web.git.contents import entries, read_files
from kafedra.web.git.references import MAIN
from kafedra.web.runs import course
from kafedra.web.submissions import editions
from kafedra.web.submissions.files import STUDENTS_OWN, handed_in, notebook_of
from kafedra.web.submissions.letter import Issue, letter
from kafedra.web.submissions.models import Edition, Repository
from kafedra.web.submissions.storage import repository_path
from kafedra.web.submissions.templates import AUTHOR

NAMESPACE = "course"
HIDDEN = "refs/namespaces"
LETTER: dict[Language, str] = {"ru": "ОБНОВЛЕНИЯ.md", "en": "UPDATES.md"}
ASIDE: dict[Language, str] = {"ru": "моё", "en": "mine"}
_SUBJECT: dict[Language, str] = {"ru": "Курс обновил задание", "en": "The course has updated the assignment"}
_OFFERED = f"refs/namespaces/{NAMESPACE}/{MAIN}"
_CHAIN = "refs/namespaces/editions/refs/heads/main"

# Two fetches at once would write the same reference.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Step:
    """An edition as a commit of one student's repository."""

    edition: Edition
    commit: str


def offer(repository: Repository) -> bool:
    """Bring the namespace up to date; False where there is nothing to offer: main is all there is.

    Raises GitFailed.
    """
    later = editions.later_than(repository)
    if not later:
        return False
    path = repository_path(repository)
    with _one_at_a_time:
        main = _commit_of(path, MAIN)
        steps = _chain(repository, path, later)
        _point(path, _merged(repository, path, main, steps))
    return True


def is_offered(repository: Repository) -> bool:
    """Whether `offer` found something the last time."""
    return (repository_path(repository) / HIDDEN / NAMESPACE / "HEAD").exists()


def taken(repository: Repository, commit: str) -> Edition | None:
    """The newest published edition that this commit has; None: that of the start. Raises GitFailed."""
    later = editions.later_than(repository)
    if not later:
        return None
    path = repository_path(repository)
    with _one_at_a_time:
        steps = _chain(repository, path, later)
    return next((step.edition for step in reversed(steps) if _has(path, commit, step.commit)), None)


def _chain(repository: Repository, path: Path, later: Sequence[Edition]) -> list[_Step]:
    """Each edition as a commit on top of the one before, the start at the bottom. What is there is not made again."""
    there = _made(path, repository.template_digest)
    for number in range(len(there) + 1, len(later) + 1):
        parent = there[-1] if there else repository.template_digest
        there.append(_made_on(repository, path, parent, later[:number]))
    return [_Step(edition, commit) for edition, commit in zip(later, there, strict=False)]


def _made(path: Path, start: str) -> list[str]:
    try:
        return git(["rev-list", "--reverse", _CHAIN, f"^{start}"], repository=path).decode().split()
    except GitFailed:
        return []


def _made_on(repository: Repository, path: Path, parent: str, so_far: Sequence[Edition]) -> str:
    edition, notebook = so_far[-1], notebook_of(repository)
    own = {*handed_in(repository), *STUDENTS_OWN}
    files, texts = _blobs(path, parent), editions.contents(edition)
    changes = {name: data for name, data in texts.items() if files.get(name) != edition.files[name]}
    changes = {name: data for name, data in changes.items() if name not in own}
    gone = [name for name in files if name not in texts and name not in own and not name.endswith(".ipynb")]
    language = course.current().language
    given = read_files(path, entries(path, repository.template_digest))
    issues = [Issue(_published(one), one.note, editions.contents(one)) for one in so_far]
    changes[LETTER[language]] = letter(given, issues, notebook, language).encode()
    return _write(path, _CHAIN, edition, [parent], changes, gone)


def _published(edition: Edition) -> datetime:
    assert edition.published_at is not None, "only published ones are offered"
    return edition.published_at


def _merged(repository: Repository, path: Path, main: str, steps: Sequence[_Step]) -> str:
    """Main with the newest step: main itself where it has it, the step itself where the student did nothing yet."""
    newest = steps[-1]
    if _has(path, main, newest.commit):
        return main
    if _has(path, newest.commit, main):
        return newest.commit
    had = next((step.commit for step in reversed(steps) if _has(path, main, step.commit)), repository.template_digest)
    before, after, mine = (_blobs(path, commit) for commit in (had, newest.commit, main))
    wanted = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    gone = [name for name in wanted if name not in after and mine.get(name) == before.get(name)]
    blobs = {name: after[name] for name in wanted if name in after and mine.get(name) != after[name]}
    for name in list(blobs):
        if name in mine and mine[name] != before.get(name):
            blobs[_aside(name, mine)] = mine[name]
    return _write(path, _OFFERED, newest.edition, [main, newest.commit], blobs, gone)


def _aside(name: str, taken_names: Mapping[str, str]) -> str:
    """Where the student's version of a file of the course goes; pytest does not collect it there."""
    place = Path(name)
    word, number = ASIDE[course.current().language], 1
    while True:
        found = str(place.with_name(f"{place.name}.{word}{'' if number == 1 else number}"))
        if found not in taken_names:
            return found
        number += 1


def _write(
    path: Path,
    reference: str,
    edition: Edition,
    parents: Sequence[str],
    changes: Mapping[str, bytes] | Mapping[str, str],
    gone: Sequence[str],
) -> str:
    """A commit of the course; `changes` are contents, or git's names of contents that are there."""
    stream = b"".join(_stream(reference, edition, parents, changes, gone))
    git(["fast-import", "--quiet", "--force", "--date-format=raw"], repository=path, stdin=stream)
    return _commit_of(path, reference)


def _stream(
    reference: str,
    edition: Edition,
    parents: Sequence[str],
    changes: Mapping[str, bytes] | Mapping[str, str],
    gone: Sequence[str],
) -> Iterator[bytes]:
    message = (_SUBJECT[course.current().language] + "\n\n" + edition.note).strip().encode() + b"\n"
    yield f"commit {reference}\ncommitter {AUTHOR} {int(_published(edition).timestamp())} +0000\n".encode()
    yield f"data {len(message)}\n".encode() + message + b"\n"
    first, *others = parents
    yield f"from {first}\n".encode()
    yield from (f"merge {other}\n".encode() for other in others)
    yield from (f"D {_quoted(name)}\n".encode() for name in gone)
    for name, data in changes.items():
        if isinstance(data, str):
            yield f"M 100644 {data} {_quoted(name)}\n".encode()
        else:
            yield f"M 100644 inline {_quoted(name)}\ndata {len(data)}\n".encode() + data + b"\n"


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _point(path: Path, commit: str) -> None:
    """Main as it is offered, and the other branches as they are."""
    told = git(["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads"], repository=path).decode()
    branches = {**dict(line.split(" ", 1) for line in told.splitlines()), MAIN: commit}
    lines = "".join(f"update {HIDDEN}/{NAMESPACE}/{name} {found}\n" for name, found in branches.items())
    git(["update-ref", "--stdin"], repository=path, stdin=lines.encode())
    git(["symbolic-ref", f"{HIDDEN}/{NAMESPACE}/HEAD", _OFFERED], repository=path)


def _blobs(path: Path, commit: str) -> dict[str, str]:
    return {entry.path: entry.blob for entry in entries(path, commit) if entry.regular}


def _commit_of(path: Path, name: str) -> str:
    return git(["rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"], repository=path).decode().strip()


def _has(path: Path, commit: str, ancestor: str) -> bool:
    try:
        git(["merge-base", "--is-ancestor", ancestor, commit], repository=path)
    except GitFailed:
        return False
    return True
