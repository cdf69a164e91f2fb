"""What the record says of reviews."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from kafedra.web.people.models import User
from kafedra.web.record.labels import of_work
from kafedra.web.record.services import Value, note
from kafedra.web.record.verbs import Verb
from kafedra.web.submissions.models import Repository


def record(
    *,
    who: User,
    verb: Verb,
    about: models.Model,
    repository: Repository,
    to_student: bool = False,
    before: Mapping[str, Value] | None = None,
    after: Mapping[str, Value] | None = None,
) -> None:
    """Add a line about somebody's work, called by its assignment and student; `to_student`: they may read it, too."""
    note(
        who=who, verb=verb, about=about, label=of_work(repository.assignment, repository.student),
        run=repository.run, concerns=repository.student if to_student else None, before=before, after=after,
    )  # fmt: skip
