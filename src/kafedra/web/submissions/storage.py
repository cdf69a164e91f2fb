"""Repositories on disk: bare, one per student and assignment, all starting from the same commit.

A repository appears by a single rename, so there is never half of one.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from kafedra.course import Assignment
from kafedra.web.git.command import git
from kafedra.web.git.references import MAIN
from kafedra.web.submissions import templates
from kafedra.web.submissions.models import Repository
from kafedra.web.submissions.templates import appear

_STALE_SECONDS = 60


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
        appear(destination, templates.template(assignment, repository.run.slug))
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
