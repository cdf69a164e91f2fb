"""Old packs and loose objects of repositories, packed in the background: nobody waits for it in a terminal."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings

from kafedra.web.git.command import GitFailed, git

log = logging.getLogger(__name__)
EVERY_SECONDS = 120
_MANY_PACKS = 12
_MANY_LOOSE = 400  # some fifty pushes of a homework; guessed, as git does, from one of its 256 folders
_SECONDS = 60
_given_up: set[Path] = set()  # until the server starts again


def tidy() -> bool:
    """Let git pack the first repository that has become many files, if there is one. Safe while others push and fetch.

    One at a time, because letters wait for it.
    """
    folders = sorted(Path(settings.REPOSITORIES_DIR).glob("**/*.git"))
    repository = next((path for path in folders if path not in _given_up and _needs(path)), None)
    if repository is None:
        return False
    try:
        git(["gc", "--quiet", "--prune=1.day.ago"], repository=repository, timeout=_SECONDS)
    except GitFailed as error:
        _given_up.add(repository)
        log.warning("%s could not be packed, and stays as it is: %s", repository, error)
    return True


def _needs(repository: Path) -> bool:
    objects = repository / "objects"
    packs = sum(1 for _ in (objects / "pack").glob("pack-*.pack")) if objects.is_dir() else 0
    sample = objects / "17"  # git's own way of guessing
    loose = sum(1 for _ in sample.iterdir()) * 256 if sample.is_dir() else 0
    return packs > _MANY_PACKS or loose > _MANY_LOOSE
