"""What the course gave out for an assignment, and when."""

from __future__ import annotations

import base64
import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Mapping

from kafedra.course import Assignment
from kafedra.web.git.contents import entries, read_files
from kafedra.web.git.references import MAIN
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Edition, Repository
from kafedra.web.submissions.templates import template


def draft(run: Run, assignment: Assignment) -> Edition:
    """The assignment as its files are now, unsaved. Raises CourseError, GitFailed or OSError."""
    path = template(assignment, run.slug)
    commit = (path / MAIN).read_text(encoding="ascii").strip()
    found = entries(path, commit)
    return Edition(
        run=run,
        assignment=assignment.slug,
        commit=commit,
        files={entry.path: entry.blob for entry in found},
        contents=packed(read_files(path, found)),
    )


def contents(edition: Edition) -> dict[str, bytes]:
    """Its files by path."""
    packed: Mapping[str, str] = json.loads(zlib.decompress(bytes(edition.contents)))
    return {name: base64.b64decode(data) for name, data in packed.items()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """What `Edition.contents` keeps."""
    texts = {name: base64.b64encode(data).decode() for name, data in files.items()}
    return zlib.compress(json.dumps(texts).encode())


def published(run: Run, assignment: str) -> list[Edition]:
    """Those that went to everybody, oldest first; without their contents."""
    rows = Edition.objects.filter(run=run, assignment=assignment).exclude(published_at=None)
    return list(rows.defer("contents").order_by("published_at", "pk"))


def later_than(repository: Repository) -> list[Edition]:
    """Those published after the student accepted the assignment, oldest first, with their contents."""
    rows = Edition.objects.filter(
        run=repository.run_id, assignment=repository.assignment, published_at__gt=repository.accepted_at
    )
    return list(rows.order_by("published_at", "pk"))


def given_out(run: Run, assignment: str) -> dict[str, Collection[str]]:
    """Git's names of all contents that the course ever gave out, by path."""
    known: dict[str, set[str]] = defaultdict(set)
    for files in Edition.objects.filter(run=run, assignment=assignment).values_list("files", flat=True):
        for path, blob in files.items():
            known[path].add(blob)
    return dict(known)
