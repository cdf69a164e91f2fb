"""Everything that the answer to a push speaks of, gathered from rows and course files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils.translation import get_language

from kafedra.grading import Report
from kafedra.policy import LatePolicy, Score, Standing
from kafedra.web.standings.pushed import Mark
from kafedra.web.standings.selectors import standing_for
from kafedra.web.submissions.files import about_files
from kafedra.web.submissions.models import Repository, Submission
from kafedra.web.submissions.selectors import newest_report
from kafedra.web.updates.selectors import missing


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """One submission, what the judge said of it, and how its author stands now."""

    title: str
    commit: str
    report: Report | None
    score: Score | None
    counted: Mark | None
    max_points: Decimal
    deadline: datetime | None
    late: LatePolicy
    scale: Decimal
    standing: Standing
    protected_changes: tuple[str, ...]
    link: str
    updated: datetime | None = None  # when the course published what this submission has not
    taken_from: str = ""  # the commit whose report this one repeats
    zeroed: bool = False  # by an integrity case nothing of the assignment, or no homework at all, counts
    spent: bool = False  # its author had opened the solution before
    files: tuple[str, ...] = ()  # where another file than the graded one may be meant: sentences

    @property
    def counts(self) -> bool:
        """Whether this very submission is the one that counts."""
        return self.counted is not None and self.counted.commit == self.commit


def facts_of(submission_id: int) -> AnswerFacts:
    """The facts about one submission, in the language that is active."""
    rows = Submission.objects.select_related("repository__run", "repository__student")
    submission = rows.get(pk=submission_id)
    repository = submission.repository
    personal = standing_for(repository.student, repository.run)
    line = next(line for line in personal.lines if line.work.slug == repository.assignment)
    mark = next((mark for mark in line.history if mark.id == submission.pk), None)
    newest, update = newest_report(submission), missing(repository, repository.edition_id)
    return AnswerFacts(
        title=line.work.title.in_(get_language() or "ru"),
        commit=submission.commit,
        report=None if newest is None else Report.model_validate(newest.document),
        score=mark.score if mark else None,
        spent=mark is not None and mark.spent,
        zeroed=line.zeroed is not None or personal.zeroed is not None,
        counted=line.counted,
        max_points=line.work.points,
        deadline=line.deadline,
        late=line.late,
        scale=line.work.scale,
        standing=personal.standing,
        protected_changes=tuple(submission.protected_changes),
        link=_link(repository, submission),
        files=about_files(submission),
        updated=update.published_at if update else None,
        taken_from=newest.taken_from.submission.short_commit if newest and newest.taken_from else "",
    )


def _link(repository: Repository, submission: Submission) -> str:
    return f"{settings.BASE_URL}/{repository.run.slug}/submissions/{submission.pk}/"
