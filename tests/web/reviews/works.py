"""Work to review: repositories with real commits, whose notebooks are as small as a test needs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from tests.web import factories

from kafedra.web.git.command import git
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Repository, Submission
from kafedra.web.submissions.services import handing_in, verdicts

NOTEBOOK = "activations.ipynb"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC"
_numbers = count(1)


def code(source: str, *outputs: dict[str, Any], id: str = "") -> dict[str, Any]:  # noqa: A002  # the format's own name
    cell = {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": {}, "execution_count": None}
    return {**cell, "id": id} if id else cell


def markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def printed(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def shown(**bundle: str) -> dict[str, Any]:
    """`shown(image_png=…, text_html=…)`."""
    return {"output_type": "display_data", "data": {name.replace("_", "/", 1): data for name, data in bundle.items()}}


STARTER = (
    markdown("# Активации"),
    code("import torch", id="imports"),
    code("class MyReLU:\n    # Ваш код здесь\n    raise NotImplementedError", id="relu"),
)
SOLVED = (
    markdown("# Активации"),
    code("import torch", id="imports"),
    code(
        "class MyReLU:\n    def __call__(self, x):\n        return x * (x > 0)",
        printed("готово"),
        shown(image_png=PNG),
        id="relu",
    ),
)


def notebook(cells: Sequence[dict[str, Any]]) -> bytes:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def work(student: User, run: Run, *, assignment: str = "activations") -> Repository:
    """A repository on disk that holds the starter."""
    repository = factories.repository(student, run, assignment)
    path = Path(settings.REPOSITORIES_DIR) / f"{next(_numbers)}-{repository.path}"
    path.parent.mkdir(parents=True, exist_ok=True)
    git(["init", "--quiet", "--bare", "--initial-branch=main"], repository=path)
    repository.path = str(path.relative_to(settings.REPOSITORIES_DIR))
    repository.template_digest = _commit(path, {NOTEBOOK: notebook(STARTER)})
    repository.save()
    return repository


def handed_in(
    repository: Repository,
    cells: Sequence[dict[str, Any]] = SOLVED,
    *,
    points: str = "1",
    at: datetime = factories.IN_TIME,
    files: dict[str, bytes] | None = None,
    protected: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Submission:
    """A graded submission of these cells; without any the notebook is deleted. ``notes`` are the report's."""
    data = {**({NOTEBOOK: notebook(cells)} if cells else {}), **(files or {})}
    commit = _commit(Path(settings.REPOSITORIES_DIR) / repository.path, data, () if cells else (NOTEBOOK,))
    submission = handing_in.record_push(
        repository=repository, commit=commit, pushed_at=at, protected_changes=list(protected)
    )
    verdicts.start_grading(submission=submission)
    report = factories.verdict(points, assignment=repository.assignment).model_copy(update={"notes": tuple(notes)})
    verdicts.store_report(submission=submission, report=report, grading_time=timedelta(seconds=1))
    return submission


def _commit(path: Path, files: dict[str, bytes], deleted: Sequence[str] = ()) -> str:
    signature = f"student <s@localhost> {1_672_531_200 + next(_numbers)} +0000"
    stream = [f"commit refs/heads/main\ncommitter {signature}\ndata 4\nWork\n".encode()]
    if git(["for-each-ref"], repository=path):
        stream.append(b"from refs/heads/main^0\n")
    stream += [f"D {name}\n".encode() for name in deleted]
    for name, data in files.items():
        stream += [f"M 100644 inline {name}\ndata {len(data)}\n".encode(), data, b"\n"]
    git(["fast-import", "--quiet"], repository=path, stdin=b"".join(stream))
    return git(["rev-parse", "main"], repository=path).decode().strip()
