"""Opening a case, marking, asking the student, answering, deciding, and taking a decision back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.policy import Ground, IntegrityRule, Ruling
from kafedra.web import clock
from kafedra.web.integrity import evidence, news, verbs
from kafedra.web.integrity.addresses import case_page
from kafedra.web.integrity.hearing import answer_by, has_left, may_decide
from kafedra.web.integrity.models import Case, Decision, Fragment, Side
from kafedra.web.integrity.names import without_names
from kafedra.web.notices.kinds import News
from kafedra.web.notices.services import tell
from kafedra.web.record.labels import of_work
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record
from kafedra.web.record.verbs import Verb
from kafedra.web.submissions.models import Submission

if TYPE_CHECKING:
    from kafedra.web.people.models import User

Lines = tuple[int, int]  # the first and the last, counted from 1, of the text that `evidence.read` gives


@dataclass(frozen=True, slots=True)
class Marked:
    """Lines of the first submission, those of the second that are like them, and what is to be said of them."""

    first: Lines
    second: Lines | None = None
    note: str = ""


class Unsuitable(ValueError):
    """Two submissions that can't make one case: of one student, or of different assignments or runs."""


@transaction.atomic
def open_case(
    *,
    first: Submission,
    second: Submission | None = None,
    ground: Ground = Ground.COPYING,
    words: str,
    by: User,
    marked: Sequence[Marked] = (),
) -> Case:
    """Open a case about one submission, or about two; their text is kept as it is now. Nobody is told yet.

    An open case about the same submissions is returned as it is. Whoever finds similar work opens cases here too, with
    the lines that are alike as `marked`. Raises Unsuitable.
    """
    submissions = [first] if second is None else [first, second]
    _check_pair(submissions)
    if (there := _open_one(submissions, ground)) is not None:
        return there
    run, slug = first.repository.run, first.repository.assignment
    case = Case.objects.create(run=run, assignment=slug, ground=ground, words=words, opened_by=by)
    for place, submission in enumerate(submissions):
        kept = evidence.read(submission)
        side = Side.objects.create(
            case=case, place=place, submission=submission, student=submission.repository.student,
            lines=list(kept.lines), cited=[asdict(one) for one in kept.cited], left_out=kept.left_out,
            problem=kept.problem,
        )  # fmt: skip
        _record(verbs.OPENED, side, by, after={"ground": ground.value}, why=words)
    for one in marked:
        mark(case=case, marked=one, by=by)
    return case


def _check_pair(submissions: Sequence[Submission]) -> None:
    works = {(one.repository.run_id, one.repository.assignment) for one in submissions}
    students = {one.repository.student_id for one in submissions}
    if len(works) > 1 or len(students) < len(submissions):
        raise Unsuitable("a case is about the work of two students on one assignment of one run")


def _open_one(submissions: Sequence[Submission], ground: Ground) -> Case | None:
    wanted = {one.pk for one in submissions}
    rows = Case.objects.filter(ground=ground, sides__submission__in=wanted).distinct()
    found = rows.prefetch_related("sides__decisions")
    return next((one for one in found if {side.submission_id for side in one.both} == wanted and not one.closed), None)


@transaction.atomic
def mark(*, case: Case, marked: Marked, by: User) -> Fragment | None:
    """Mark lines, until the first student is asked; None when that has happened.

    Raises ValueError for lines there are not.
    """
    case = _locked(case)
    if not case.may_be_marked:
        return None
    for side, lines in zip(case.both, (marked.first, marked.second), strict=False):
        if lines is not None and not 1 <= lines[0] <= lines[1] <= len(side.lines):
            raise ValueError(f"side {side.place} has {len(side.lines)} lines, not {lines[0]} to {lines[1]}")
    second = marked.second if len(case.both) > 1 else None
    fragment = Fragment.objects.create(
        case=case, first_from=marked.first[0], first_to=marked.first[1], second_from=second[0] if second else None,
        second_to=second[1] if second else None, note=marked.note, marked_by=by,
    )  # fmt: skip
    _record(verbs.MARKED, case.both[0], by, after={"lines": str(fragment)}, why=marked.note)
    return fragment


@transaction.atomic
def unmark(*, fragment: Fragment, by: User) -> bool:
    """Take a mark away, until the first student is asked; False when that has happened."""
    case = _locked(fragment.case)
    if not case.may_be_marked or not Fragment.objects.filter(pk=fragment.pk).exists():
        return False
    _record(verbs.UNMARKED, case.both[0], by, before={"lines": str(fragment)})
    fragment.delete()
    return True


@transaction.atomic
def ask(*, side: Side, rule: IntegrityRule, by: User) -> bool:
    """Tell the student, and ask for an answer; False if they were asked, it is decided, or they have left."""
    side = _locked_side(side)
    if side.told_at is not None or side.decided or has_left(side):
        return False
    side.told_at, side.answer_by = clock.now(), answer_by(rule)
    side.save(update_fields=["told_at", "answer_by"])
    others = [one.student for one in side.case.both if one.pk != side.pk]
    words = without_names(side.case.words, others)
    _record(verbs.TOLD, side, by, after={"answer_by": side.answer_by}, why=words)
    _tell(side, news.ASKED, why=words, deadline=side.answer_by.isoformat())
    return True


@transaction.atomic
def answer(*, side: Side, text: str) -> bool:
    """What the student says; until the time is over they may say it otherwise. False when it is, or it is decided."""
    side = _locked_side(side)
    if not side.may_answer:
        return False
    if side.answer != text:
        side.answer, side.answered_at = text, clock.now()
        side.save(update_fields=["answer", "answered_at"])
        _record(verbs.ANSWERED, side, side.student, after={"answer": text})
    return True


@transaction.atomic
def decide(*, side: Side, ruling: Ruling, reason: str, rule: IntegrityRule, by: User) -> Decision | None:
    """Decide about one side; None when a colleague was first, or the student has still time to answer.

    Raises ValueError for a ruling that the run's rule does not have.
    """
    side = _locked_side(side)
    if ruling not in rule.rulings(Ground(side.case.ground)):
        raise ValueError(f"the rule of the run does not have {ruling}")
    if not may_decide(side, ruling):
        return None
    told = side.told_at is not None or ruling is not Ruling.NOTHING
    decision = Decision.objects.create(side=side, ruling=ruling, reason=reason, told=told, made_by=by)
    verb = verbs.DECIDED if told else verbs.DROPPED
    _record(verb, side, by, after={"ruling": ruling.value}, why=reason)
    if told:
        _tell(side, news.DECIDED, why=reason, ruling=ruling.value)
    return decision


@transaction.atomic
def reverse(*, decision: Decision, reason: str, by: User) -> bool:
    """Take a decision back: all is as it was without it, the side open again. False if it was reversed already."""
    side = _locked_side(decision.side)
    standing = Decision.objects.filter(pk=decision.pk, reversed_at=None)
    if not standing.update(reversed_at=clock.now(), reversed_by=by, reversed_why=reason):
        return False
    verb = verbs.REVERSED if decision.told else verbs.OPENED
    _record(verb, side, by, before={"ruling": decision.ruling}, why=reason)
    if decision.told:
        _tell(side, news.REVERSED, why=reason)
    return True


def _locked(case: Case) -> Case:
    Case.objects.select_for_update().get(pk=case.pk)
    return Case.objects.select_related("run").prefetch_related("sides__decisions", "sides__student").get(pk=case.pk)


def _locked_side(side: Side) -> Side:
    Case.objects.select_for_update().get(pk=side.case_id)
    rows = Side.objects.select_related("case__run", "student", "submission")
    return rows.prefetch_related("decisions").get(pk=side.pk)


def _tell(side: Side, told: News, **facts: str) -> None:
    case = side.case
    tell(
        user=side.student, run=case.run, news=told, path=case_page(case.run, case.pk), assignment=case.assignment,
        **facts,
    )  # fmt: skip


def _record(
    verb: Verb,
    side: Side,
    by: User,
    *,
    before: dict[str, Value] | None = None,
    after: dict[str, Value] | None = None,
    why: str = "",
) -> None:
    case = side.case
    label = of_work(case.assignment, side.student, side.submission.short_commit)
    record(
        who=by, verb=verb, about=case, label=label, run=case.run, concerns=side.student, before=before, after=after,
        why=why,
    )  # fmt: skip
