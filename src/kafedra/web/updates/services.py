"""Publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web import clock
from kafedra.web.notices.services import tell
from kafedra.web.record.services import note as record
from kafedra.web.runs import course
from kafedra.web.runs.addresses import assignment_page
from kafedra.web.runs.models import Run
from kafedra.web.runs.soundness import require_sound
from kafedra.web.submissions import editions
from kafedra.web.submissions.models import Edition
from kafedra.web.updates import news, selectors, verbs

if TYPE_CHECKING:
    from kafedra.web.people.models import User


class NothingNew(Exception):
    """Everybody who has the assignment has it, or is offered it, as it is now."""


def publish(*, run: Run, assignment: str, note: str, by: User | None) -> Edition:
    """Offer the assignment as its files are now to everybody who has an older version, and tell them.

    `by` None is the operator. Raises NothingNew; KeyError, HeldBack, CourseError, GitFailed, OSError as accepting does.
    """
    require_sound(assignment)
    draft = editions.draft(run, course.current().assignments[assignment])
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run.pk)  # of two at once the second one finds nothing new
        concerned = [group for group in selectors.groups(run, draft) if group.matters]
        if not concerned:
            raise NothingNew(assignment)
        draft.published_at, draft.published_by, draft.note = clock.now(), by, note.strip()
        draft.save()
        names = sorted({name for group in concerned for name in group.differences.names})
        students = [student for group in concerned for student in group.students]
        record(
            who=by, verb=verbs.PUBLISHED, about=draft, label=assignment, run=run,
            after={"files": names, "students": len(students)}, why=draft.note,
        )  # fmt: skip
        for student in students:
            path = assignment_page(run, assignment)
            tell(user=student, run=run, news=news.PUBLISHED, path=path, assignment=assignment)
    return draft
