"""From values of selectors to what the API answers with."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.conf import settings

from kafedra.grading.report import Report as Verdict
from kafedra.web.adjustments.models import Extension
from kafedra.web.api.schemas.extensions import ExtensionOut
from kafedra.web.api.schemas.marks import MarkOut
from kafedra.web.api.schemas.people import MemberOut, PersonOut, RunOut
from kafedra.web.api.schemas.standings import RowOut, StandingOut, WorkOut
from kafedra.web.api.schemas.submissions import ReportOut, SubmissionOut, TestOut
from kafedra.web.frame.language import spoken
from kafedra.web.marks.models import EnteredMark
from kafedra.web.people.models import Membership, User
from kafedra.web.people.runs import RunAccess
from kafedra.web.people.students import group_of
from kafedra.web.standings.line import Line
from kafedra.web.standings.personal import PersonalStanding
from kafedra.web.standings.pushed import Mark
from kafedra.web.submissions.addresses import page_of
from kafedra.web.submissions.models import Report, Submission


def person(user: User) -> PersonOut:
    """Somebody by login and name."""
    return PersonOut(login=user.username, name=user.get_full_name())


def run_out(access: RunAccess) -> RunOut:
    """A run as one person sees it."""
    return RunOut(run=access.run.slug, title=access.facts.title.in_(spoken()), role=access.role.value)


def work_out(line: Line) -> WorkOut:
    """One assignment of a standing."""
    return WorkOut(
        assignment=line.work.slug,
        title=line.work.title.in_(spoken()),
        homework=line.homework.number,
        max_points=line.work.points,
        bonus=line.work.bonus,
        issued=line.homework.issued,
        deadline=line.deadline,
        course_deadline=line.homework.deadline,
        state=line.state,
        points=line.points,
        submission=line.counted.id if line.counted else None,
        best_now=line.best_now,
    )


def standing_out(found: PersonalStanding) -> StandingOut:
    """Everything computed for one student."""
    return StandingOut(
        student=person(found.student),
        counted_max=found.standing.counted_max,
        components=found.standing.grade.components,
        assignments=[work_out(line) for line in found.lines],
        **_grade(found),
    )


def row_out(found: PersonalStanding) -> RowOut:
    """The same as a row of the gradebook."""
    points = {line.work.slug: line.points for line in found.lines}
    return RowOut(student=person(found.student), group=group_of(found.student), points=points, **_grade(found))


def _grade(found: PersonalStanding) -> dict[str, Any]:
    standing = found.standing
    total = standing.total
    return {
        "homework": standing.homework,
        "automat": standing.automat,
        "total": total,
        "total_exact": None if total is None else str(Fraction(total)),
        "record_grade": standing.record_grade,
        "letter": standing.letter,
        "zeroed": standing.zeroed,
    }


def submission_out(row: Submission, line: Line, mark: Mark) -> SubmissionOut:
    """One submission, and what it is worth. Needs `repository.run` and `repository.student`."""
    score = mark.score
    return SubmissionOut(
        id=row.pk,
        run=row.repository.run.slug,
        assignment=row.repository.assignment,
        student=person(row.repository.student),
        commit=row.commit,
        pushed_at=row.pushed_at,
        state=row.state,
        points=score.points if score else None,
        max_points=line.work.points,
        automatic=score.automatic if score else None,
        taken_off=score.taken_off if score else None,
        penalty=score.penalty if score else None,
        days_late=score.days_late if score else None,
        deadline=mark.deadline,
        counted=mark.counted,
        page=settings.BASE_URL + page_of(row),
    )


def report_out(submission: Submission, row: Report) -> ReportOut:
    """The judge's verdict, with what its page shows of it."""
    verdict = Verdict.model_validate(row.document)
    told = ("id", "title", "hidden", "outcome", "points", "max_points", "message", "hint")
    return ReportOut(
        submission=submission.pk,
        created_at=row.created_at,
        points=row.points,
        max_points=row.max_points,
        seed=row.seed,
        grading_seconds=row.grading_seconds,
        tests=[TestOut(**{name: getattr(test, name) for name in told}) for test in verdict.tests],
        notes=list(verdict.notes_apart),
        output=verdict.output,
    )


def member_out(row: Membership) -> MemberOut:
    """Somebody who belongs to a run. Needs `user`."""
    user = row.user
    return MemberOut(
        **person(user).dict(), email=user.email, github=user.github, role=row.role, group=row.group,
        joined_at=row.joined_at,
    )  # fmt: skip


def extension_out(row: Extension) -> ExtensionOut:
    """An extension. Needs `student` and `given_by`."""
    return ExtensionOut(
        id=row.pk,
        batch=str(row.batch),
        student=person(row.student),
        assignment=row.assignment,
        deadline=row.deadline,
        days=row.days,
        reason=row.reason,
        given_at=row.given_at,
        given_by=row.given_by.username,
        undone_at=row.undone_at,
    )


def mark_out(student: User, row: EnteredMark | None) -> MarkOut:
    """One student's mark, or that there is none. Needs `given_by`."""
    if row is None:
        return MarkOut(student=person(student), value=None, why="", given_by="", given_at=None)
    return MarkOut(
        student=person(student), value=row.value, why=row.why, given_by=row.given_by.username, given_at=row.given_at
    )
