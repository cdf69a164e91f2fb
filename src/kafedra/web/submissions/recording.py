"""What the record says of a student's work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kafedra.web.record.labels import of_work
from kafedra.web.record.services import Value, note
from kafedra.web.record.verbs import Verb
from kafedra.web.submissions.models import Repository, Submission

if TYPE_CHECKING:
    from kafedra.web.people.models import User


def record_work(
    verb: Verb,
    repository: Repository,
    submission: Submission | None = None,
    *,
    who: User | None = None,
    before: Mapping[str, Value] | None = None,
    after: Mapping[str, Value] | None = None,
) -> None:
    """A line about a repository, or about a submission of it; it concerns its student."""
    student = repository.student
    note(
        who=who, verb=verb, about=submission or repository, label=of_work(repository.assignment, student),
        run=repository.run, concerns=student, before=before, after=after,
    )  # fmt: skip
