"""Writing a push down: first of all, and once, whoever notices it first."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kafedra.web.git.contents import protected_changes
from kafedra.web.submissions.editions import given_out
from kafedra.web.submissions.files import STUDENTS_OWN, handed_in
from kafedra.web.submissions.models import Repository, Submission
from kafedra.web.submissions.offering import taken
from kafedra.web.submissions.services.handing_in import record_push
from kafedra.web.submissions.storage import repository_path


def write_down(repository_id: int, commit: str, pushed_at: datetime) -> Submission:
    """The submission of this commit; a new one unless it is known already.

    A commit reaches main once: nothing may move main back.
    """
    with transaction.atomic():
        repository = Repository.objects.select_for_update().get(pk=repository_id)
        known = Submission.objects.filter(repository=repository, commit=commit).first()
        if known is not None:
            return known
        return record_push(
            repository=repository,
            commit=commit,
            pushed_at=pushed_at,
            protected_changes=list(_protected_changes(repository, commit)),
            edition=taken(repository, commit),
        )


def _protected_changes(repository: Repository, commit: str) -> tuple[str, ...]:
    own = {*handed_in(repository), *STUDENTS_OWN}
    published = given_out(repository.run, repository.assignment)
    return protected_changes(repository_path(repository), repository.template_digest, commit, own, published)
