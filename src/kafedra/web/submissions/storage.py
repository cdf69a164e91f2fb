"""Repositories on disk: bare, one per student and assignment, all starting from the same commit.

A repository appears by a single rename, so there is never half of one.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from kafedra.course import Assignment
from kafedra.notebooks import ReadmeContext, student_files
from kafedra.web.downloads import wheel
from kafedra.web.git.command import git
from kafedra.web.git.references import MAIN
from kafedra.web.submissions.models import Repository

# A fixed author and moment: the same files always give the same commit, on every server.
_STALE_SECONDS = 60
_SIGNATURE = "kafedra <kafedra@localhost> 1672531200 +0000"


def repository_path(repository: Repository) -> Path:
    """Where the bare repository lies."""
    return Path(settings.REPOSITORIES_DIR) / repository.path


def create_repository(repository: Repository, assignment: Assignment) -> str:
    """Make the student's bare repository and return the commit it starts from.

    A repository that is there already stays as it is: accepting twice, or twice at once, gives one.
    """
    destination = repository_path(repository)
    if not destination.exists():
        destination.parent.mkdir(parents=True, exist_ok=True)
        _appear(destination, _template(assignment, repository.run.slug))
    return _first_commit(destination)


def remove_stale_locks(path: Path) -> None:
    """Locks of a git that died with the machine: nobody could push there any more. Git holds one for milliseconds."""
    for name in (f"{MAIN}.lock", "HEAD.lock", "packed-refs.lock"):
        lock = path / name
        with suppress(FileNotFoundError):
            if time.time() - lock.stat().st_mtime > _STALE_SECONDS:
                lock.unlink()


def _first_commit(path: Path) -> str:
    return git(["rev-list", "--max-parents=0", MAIN], repository=path).decode().split()[0]


def _appear(destination: Path, source: Path) -> None:
    """Copy `source` to `destination` in one step; whoever comes second finds the first one's work."""
    with tempfile.TemporaryDirectory(prefix=".new-", dir=destination.parent) as workshop:
        draft = Path(workshop) / "repository.git"
        shutil.copytree(source, draft)
        try:
            draft.rename(destination)
        except OSError:
            if not destination.exists():
                raise


def _template(assignment: Assignment, run: str) -> Path:
    """The repository that students of this assignment start from; built when its sources first look like this."""
    # The deadline is not in it: a deadline may move, and the page that the README names shows the one in force.
    context = ReadmeContext(
        server_url=f"{settings.BASE_URL}/{run}/assignments/{assignment.slug}/",
        wheel_url=wheel.address(),
        python="{}.{}".format(*sys.version_info),
    )
    path = Path(settings.DATA_DIR) / "templates" / f"{assignment.slug}-{_digest(assignment, context)}.git"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".build-", dir=path.parent) as workshop:
            draft = Path(workshop) / "draft.git"
            _commit(student_files(assignment, context=context), draft)
            _appear(path, draft)
    return path


def _digest(assignment: Assignment, context: ReadmeContext) -> str:
    """Of everything that the build depends on."""
    digest = hashlib.sha256(repr(context).encode())
    for file in sorted(path for path in assignment.root.rglob("*") if path.is_file()):
        if "__pycache__" not in file.parts:
            digest.update(f"\0{file.relative_to(assignment.root)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _commit(files: Mapping[str, bytes], repository: Path) -> None:
    """A bare repository whose main has one commit with `files`."""
    git(["init", "--quiet", "--bare", "--template=", "--initial-branch=main"], repository=repository)
    git(["fast-import", "--quiet"], repository=repository, stdin=b"".join(_stream(files)))


def _stream(files: Mapping[str, bytes]) -> Iterator[bytes]:
    yield f"commit {MAIN}\ncommitter {_SIGNATURE}\ndata 6\nStart\n\n".encode()
    for name, data in files.items():
        yield f"M 100644 inline {name}\ndata {len(data)}\n".encode()
        yield data + b"\n"
