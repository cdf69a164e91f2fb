"""Setting an exam: when it is held, its paper drawn by the run's rule, questions changed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kafedra.exam.bank import Question, bank_of
from kafedra.exam.drafting import draft
from kafedra.web.exams import selectors, verbs
from kafedra.web.exams.given import Refused
from kafedra.web.exams.models import Exam
from kafedra.web.exams.rules import rule_of
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


def _told(held: Held) -> dict[str, Value]:
    return {"held_at": held.at, "held_where": held.place, "exam_choice_until": held.choose_until}


def _drawn(run: Run, mark: str, seed: int) -> list[list[dict[str, object]]]:
    rule = rule_of(run, mark)
    if rule is None:
        raise Refused(NO_RULE)
    return [[one.as_data() for one in row] for row in draft(bank_of(course.current()), rule, seed=seed).rows]


def _unmarked(exam: Exam) -> None:
    if selectors.begun(exam):
        raise Refused(MARKED_ALREADY)
