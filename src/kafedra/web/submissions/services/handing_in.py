"""What a student hands in: a repository for an assignment, and pushes to it."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.course import CourseError
from kafedra.web.git.command import GitFailed
from kafedra.web.record.services import Value
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.runs.soundness import require_sound
from kafedra.web.submissions import editions, storage, verbs
from kafedra.web.submissions.models import Edition, Repository, Submission
from kafedra.web.submissions.recording import record_work

if TYPE_CHECKING:
    from kafedra.web.people.models import User

log = logging.getLogger(__name__)


class NotMade(Exception):
    """A repository could not be made, through a failure of ours; the log says which."""


def accept_assignment(*, student: User, run: Run, assignment: str) -> Repository:
    """Give `student` a repository for `assignment`: on disk the bare repository with the start, then its row.

    Accepting twice, or twice at once, gives the same repository. Raises KeyError for an unknown assignment, HeldBack
    for one with mistakes of its author's, NotMade where the machine fails.
    """
    mine = {"run": run, "assignment": assignment, "student": student}
    found = Repository.objects.filter(**mine).first()
    if found is not None:
        return found
    require_sound(assignment)
    draft = Repository(**mine, path=f"{run.slug}/{assignment}/{student.username}.git")
    # Outside the transaction: the first one builds the student version, and SQLite has a single writer.
    try:
        digest = storage.create_repository(draft, course.current().assignments[assignment])
        given = editions.draft(run, course.current().assignments[assignment])
    except (CourseError, GitFailed, OSError) as error:
        log.exception("no repository of %s for %s", assignment, student.username)
        raise NotMade from error
    with transaction.atomic():
        row, created = Repository.objects.get_or_create(
            **mine, defaults={"path": draft.path, "template_digest": digest}
        )
        if created:
            if not Edition.objects.filter(run=run, assignment=assignment, commit=given.commit).exists():
                given.save()
            record_work(verbs.ACCEPTED, row, who=student)
    return row


@transaction.atomic
def record_push(
    *,
    repository: Repository,
    commit: str,
    pushed_at: datetime,
    protected_changes: list[str] | None = None,
    edition: Edition | None = None,
) -> Submission:
    """Write the submission down, waiting to be graded. The same push recorded twice is one submission.

    `edition` is the newest published one that the push has.
    """
    submission, created = Submission.objects.get_or_create(
        repository=repository,
        commit=commit,
        pushed_at=pushed_at,
        defaults={"protected_changes": protected_changes or []},
    )
    if created:
        after: dict[str, Value] = {"commit": submission.short_commit}
        if protected_changes:
            after["protected_changes"] = protected_changes
        if edition is not None and repository.edition_id != edition.pk:
            repository.edition = edition
            repository.save(update_fields=["edition"])
            after["edition"] = str(edition)
        record_work(verbs.PUSHED, repository, submission, who=repository.student, after=after)
    return submission
