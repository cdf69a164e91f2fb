"""Writes of exams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kafedra.exam.bank import Question, bank_of
from kafedra.exam.drafting import draft
from kafedra.web import clock
from kafedra.web.exams import news, selectors, verbs
from kafedra.web.exams.addresses import result_of
from kafedra.web.exams.given import Given, Refused
from kafedra.web.exams.models import Appeal, Choice, Exam, Mark, Opinion, Paper, Scan
from kafedra.web.exams.second.selectors import asks_two
from kafedra.web.exams.second.services import give
from kafedra.web.frame.numbers import written
from kafedra.web.notices.services import tell
from kafedra.web.people.models import User
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

NO_RULE = _("The run's file has no [[exam]] for this mark.")
MARKED_ALREADY = _("There are marks already, or scanned sheets: the questions can't change any more.")


@dataclass(frozen=True, slots=True)
class Held:
    """When and where, and until when students choose between exam and automat."""

    at: datetime | None = None
    place: str = ""
    choose_until: datetime | None = None


@transaction.atomic
def draw_up(*, run: Run, mark: str, seed: int, held: Held, by: User) -> Exam:
    """Draw the paper by the run's rule. Raises DraftError if the bank has too little, Refused without a rule."""
    if Exam.objects.filter(run=run, mark=mark).exists():
        raise Refused(_("This exam is there already."))
    exam = Exam.objects.create(
        run=run, mark=mark, seed=seed, at=held.at, place=held.place, choose_until=held.choose_until,
        asked=_drawn(run, mark, seed),
    )  # fmt: skip
    record(who=by, verb=verbs.CREATED, about=exam, label=mark, run=run, after={"exam_seed": seed, **_told(held)})
    return exam


@transaction.atomic
def change(*, exam: Exam, held: Held, by: User) -> bool:
    """Another day, place, or last day of the choice. Whether anything changed."""
    before, after = _told(Held(exam.at, exam.place, exam.choose_until)), _told(held)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return False
    exam.at, exam.place, exam.choose_until = held.at, held.place, held.choose_until
    exam.save(update_fields=["at", "place", "choose_until"])
    record(
        who=by, verb=verbs.CHANGED, about=exam, label=exam.mark, run=exam.run,
        before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
    )  # fmt: skip
    return True


@transaction.atomic
def redraw(*, exam: Exam, seed: int, by: User) -> None:
    """Draw another paper. Raises DraftError, and Refused once anything is marked."""
    _unmarked(exam)
    before, exam.seed, exam.asked = exam.seed, seed, _drawn(exam.run, exam.mark, seed)
    exam.save(update_fields=["seed", "asked"])
    told: tuple[dict[str, Value], dict[str, Value]] = ({"exam_seed": before}, {"exam_seed": seed})
    record(who=by, verb=verbs.CHANGED, about=exam, label=exam.mark, run=exam.run, before=told[0], after=told[1])


@transaction.atomic
def replace_question(*, exam: Exam, place: int, variant: int, question: Question, by: User) -> None:
    """Another question in one place. Raises DraftError if it doesn't fit there, Refused once anything is marked."""
    _unmarked(exam)
    now = exam.questions
    before = now.rows[place][variant].slug
    changed = now.with_question(place, variant, question)
    exam.asked = [[one.as_data() for one in row] for row in changed.rows]
    exam.save(update_fields=["asked"])
    record(
        who=by, verb=verbs.REPLACED, about=exam, label=exam.mark, run=exam.run,
        before={"exam_question": before}, after={"exam_question": question.slug},
    )  # fmt: skip


@transaction.atomic
def seat(*, exam: Exam, by: User, seats: Mapping[int, str] | None = None) -> int:
    """Give a paper to everybody who has none and doesn't take the automat; name seats, by a paper's id.

    Numbers that were given stay. Returns how many papers are new.
    """
    last = Exam.objects.select_for_update().get(pk=exam.pk).last_number
    students, _automats = selectors.without_paper(exam)
    variants = exam.questions.variants or 1
    numbered = enumerate(sorted(students, key=lambda one: (one.group, one.display_name)), last + 1)  # type: ignore[attr-defined]  # annotated
    made = Paper.objects.bulk_create(
        Paper(exam=exam, student=student, number=number, variant=(number - 1) % variants)
        for number, student in numbered
    )
    exam.last_number = last + len(made)
    exam.save(update_fields=["last_number"])
    named = [row for row in exam.papers.all() if seats and row.pk in seats and seats[row.pk] != row.seat]
    for row in named:
        row.seat = (seats or {})[row.pk]
    Paper.objects.bulk_update(named, ["seat"])
    if made or named:
        told: dict[str, Value] = {"exam_papers": len(made) or len(named)}
        record(who=by, verb=verbs.SEATED, about=exam, label=exam.mark, run=exam.run, after=told)
    return len(made)


@transaction.atomic
def choose(*, exam: Exam, student: User, sits: bool) -> None:
    """Sit the exam, or take the automat. Raises Refused after the last day, and once one's paper is marked."""
    if exam.choose_until is None or clock.now() > exam.choose_until or exam.published_at is not None:
        raise Refused(_("The time to choose is over."))
    own = {"paper__exam": exam, "paper__student": student}
    if not sits and any(kind.objects.filter(**own).exists() for kind in (Mark, Opinion, Scan)):
        raise Refused(_("Your paper is being marked already."))
    known = Choice.objects.select_for_update().filter(exam=exam, student=student).first()
    if known is not None and known.sits == sits:
        return
    row, _new = Choice.objects.update_or_create(exam=exam, student=student, defaults={"sits": sits, "at": clock.now()})
    if not sits:
        exam.papers.filter(student=student).delete()
    record(
        who=student, verb=verbs.CHOSEN, about=row, label=exam.mark, run=exam.run, concerns=student,
        before={"sits_exam": known.sits} if known else {}, after={"sits_exam": sits},
    )  # fmt: skip


@transaction.atomic
def mark(
    *, exam: Exam, given: Sequence[Given], by: User, why: str = "", decides: bool = False
) -> tuple[int, list[Given]]:
    """Write marks; what a colleague wrote since the page was shown is kept. How many were written, and which were not.

    Once the exam is published a change needs a reason, `why`, and the student is told. Raises Refused without one.
    Until then two markers give theirs independently, where the run's rule asks for two; who `decides` changes what they
    agreed on.
    """
    count, left = 0, list[Given]()
    if exam.published_at is None and asks_two(exam):
        open_ones, given = _apart(given) if decides else (given, ())
        count, left = give(exam=exam, given=open_ones, by=by)
    rows = Mark.objects.select_for_update().filter(paper__in={one.paper.pk for one in given})
    known = {(row.paper_id, row.place, row.part): row for row in rows}
    written_ones = list[Given]()
    for one in given:
        row = known.get((one.paper.pk, one.place, one.part))
        if row is not None and (row.points, row.reason) == (one.points, one.reason):
            continue
        if exam.published_at is not None and not why:
            raise Refused(_("The marks are published: say why you change one."))
        (written_ones if _write(exam, one, row, by, why) else left).append(one)
    for paper in {one.paper.pk: one for one in written_ones}.values() if exam.published_at else ():
        _tell_again(exam, paper)
    return count + len(written_ones), left


def _apart(given: Sequence[Given]) -> tuple[list[Given], list[Given]]:
    """What is to be marked by two, and what has its mark."""
    papers = {one.paper.pk for one in given}
    have = set(Mark.objects.filter(paper__in=papers).values_list("paper", "place", "part"))
    split: tuple[list[Given], list[Given]] = ([], [])
    for one in given:
        split[(one.paper.pk, one.place, one.part) in have].append(one)
    return split


def _write(exam: Exam, one: Given, row: Mark | None, by: User, why: str) -> bool:
    told: dict[str, Value] = {"points": one.points} | ({"reason": one.reason} if one.reason else {})
    before: dict[str, Value] = {"points": row.points} if row else {}
    if (row.version if row else 0) != one.seen:
        return False
    if row is None:
        try:
            with transaction.atomic():
                row = Mark.objects.create(
                    paper=one.paper, place=one.place, part=one.part, points=one.points, reason=one.reason, by=by
                )
        except IntegrityError:  # a colleague was quicker by a moment
            return False
    else:
        row.points, row.reason, row.by, row.at, row.version = one.points, one.reason, by, clock.now(), row.version + 1
        row.save()
    verb = verbs.REMARKED if exam.published_at else verbs.MARKED
    label = f"{exam.mark}, {one.paper.number}: {one.place + 1}.{one.part + 1}"
    concerns = one.paper.student if exam.published_at else None
    record(
        who=by, verb=verb, about=row, label=label, run=exam.run, concerns=concerns, before=before, after=told, why=why
    )
    return True


def _tell_again(exam: Exam, one: Given) -> None:
    mark_now = selectors.scale_of(exam).mark(selectors.earned([one.paper.pk]).get(one.paper.pk, Decimal(0)))
    tell(
        user=one.paper.student, run=exam.run, news=news.REMARKED, path=result_of(exam), question=str(one.place + 1),
        mark=written(mark_now, separator="."),
    )  # fmt: skip


@transaction.atomic
def publish(*, exam: Exam, by: User) -> int:
    """Let everybody see their marks, and let them count. Twice is once. How many were told."""
    now = clock.now()
    if not Exam.objects.filter(pk=exam.pk, published_at=None).update(published_at=now, published_by=by):
        return 0
    exam.published_at, exam.published_by = now, by
    papers = {paper.pk: paper for paper in selectors.papers_of(exam)}
    points, scale = selectors.earned(papers), selectors.scale_of(exam)
    for pk, earned in points.items():
        tell(
            user=papers[pk].student, run=exam.run, news=news.PUBLISHED, path=result_of(exam),
            mark=written(scale.mark(earned), separator="."),
        )  # fmt: skip
    record(who=by, verb=verbs.PUBLISHED, about=exam, label=exam.mark, run=exam.run, after={"exam_papers": len(points)})
    return len(points)


@transaction.atomic
def appeal(*, paper: Paper, place: int, part: int, message: str) -> Appeal:
    """Ask about one part of one's own paper. Asking again while nobody has answered changes the words."""
    row, created = Appeal.objects.select_for_update().get_or_create(
        paper=paper, place=place, part=part, defaults={"message": message}
    )
    if not created:
        if row.answered_at is not None or row.message == message:
            return row
        row.message = message
        row.save(update_fields=["message"])
    record(
        who=paper.student, verb=verbs.APPEALED, about=row, label=paper.exam.mark, run=paper.exam.run,
        concerns=paper.student, after={"exam_part": f"{place + 1}.{part + 1}"}, why=message,
    )  # fmt: skip
    return row


@transaction.atomic
def answer(*, request: Appeal, text: str, by: User) -> bool:
    """Answer a request, once; False when a colleague was first."""
    if not Appeal.objects.filter(pk=request.pk, answered_at=None).update(
        answer=text, answered_at=clock.now(), answered_by=by
    ):
        return False
    paper, about = request.paper, f"{request.place + 1}.{request.part + 1}"
    record(
        who=by, verb=verbs.ANSWERED, about=request, label=paper.exam.mark, run=paper.exam.run,
        concerns=paper.student, after={"exam_part": about, "answer": text},
    )  # fmt: skip
    tell(user=paper.student, run=paper.exam.run, news=news.ANSWERED, path=result_of(paper.exam), part=about)
    return True


def _told(held: Held) -> dict[str, Value]:
    return {"held_at": held.at, "held_where": held.place, "exam_choice_until": held.choose_until}


def _drawn(run: Run, mark: str, seed: int) -> list[list[dict[str, object]]]:
    rule = selectors.rule_of(run, mark)
    if rule is None:
        raise Refused(NO_RULE)
    return [[one.as_data() for one in row] for row in draft(bank_of(course.current()), rule, seed=seed).rows]


def _unmarked(exam: Exam) -> None:
    if selectors.begun(exam):
        raise Refused(MARKED_ALREADY)
