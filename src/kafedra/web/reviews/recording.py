"""What the record calls things of reviews."""

from __future__ import annotations

from kafedra.web.classroom.models import Repository


def label(repository: Repository) -> str:
    """The assignment and its student, as everywhere in the record."""
    return f"{repository.assignment} · {repository.student.username}"
