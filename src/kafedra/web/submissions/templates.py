"""What students of an assignment start from: the student version as a repository with one commit, built once."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings

from kafedra.course import Assignment
from kafedra.grading.library import library_of
from kafedra.notebooks import ReadmeContext, student_files
from kafedra.web.downloads import wheel
from kafedra.web.git.command import git
from kafedra.web.git.references import MAIN

# A fixed author and moment: the same files always give the same commit, on every server.
AUTHOR = "kafedra <kafedra@localhost>"
_SIGNATURE = f"{AUTHOR} 1672531200 +0000"


def appear(destination: Path, source: Path) -> None:
    """Copy `source` to `destination` in one step; whoever comes second finds the first one's work."""
    with tempfile.TemporaryDirectory(prefix=".new-", dir=destination.parent) as workshop:
        draft = Path(workshop) / "repository.git"
        shutil.copytree(source, draft)
        try:
            draft.rename(destination)
        except OSError:
            if not destination.exists():
                raise


def template(assignment: Assignment, run: str) -> Path:
    """The repository that students of this assignment start from; built when its sources first look like this."""
    # The deadline is not in it: a deadline may move, and the page that the README names shows the one in force.
    library = library_of(assignment.environment.python)
    context = ReadmeContext(
        server_url=f"{settings.BASE_URL}/{run}/assignments/{assignment.slug}/",
        wheel_url=wheel.address(),
        python=library.python if library else None,
    )
    path = Path(settings.DATA_DIR) / "templates" / f"{assignment.slug}-{_digest(assignment, context)}.git"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".build-", dir=path.parent) as workshop:
            draft = Path(workshop) / "draft.git"
            _commit(student_files(assignment, context=context), draft)
            appear(path, draft)
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
