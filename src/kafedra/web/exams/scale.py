"""How points become the mark, and the marks that published exams give."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Sum

from kafedra.policy import quantize
from kafedra.web.exams.models import Exam, Mark, Paper
from kafedra.web.exams.rules import most_of, rule_of
from kafedra.web.runs.models import Run
from kafedra.web.standings.facts import Facts
from kafedra.web.standings.sources import Contribution


@dataclass(frozen=True, slots=True)
class Scale:
    """How points become the mark: `most` for `full` points, in proportion below, rounded half up to `places`."""

    most: Decimal
    full: Decimal
    places: int

    def mark(self, earned: Decimal) -> Decimal:
        """The mark for so many points."""
        if not self.full:
            return Decimal(0)
        return quantize(
            min(Fraction(self.most), Fraction(self.most) * Fraction(earned) / Fraction(self.full)), self.places
        )


def scale_of(exam: Exam, points: Decimal | None = None) -> Scale:
    """By the run's rule; `points` is the sum of the paper, if it is known already."""
    rule = rule_of(exam.run, exam.mark)
    whole = exam.questions.points if points is None else points
    return Scale(most_of(exam.run, exam.mark), (rule and rule.full) or whole, rule.places if rule else 2)


def earned(papers: Collection[int]) -> dict[int, Decimal]:
    """What each of these papers earned, by its id; nothing of one without marks."""
    rows = Mark.objects.filter(paper__in=papers).values("paper").annotate(points=Sum("points"))
    return {row["paper"]: row["points"] for row in rows.order_by()}


def published_in(run: Run) -> list[str]:
    """The marks of the formula that exams give in this run."""
    return list(Exam.objects.filter(run=run, published_at__isnull=False).values_list("mark", flat=True))


def contribution(run: Run, students: Collection[int] | None) -> Contribution:
    """The marks of published exams. Of a student who has chosen the automat there is no paper, and no mark."""
    marks = Mark.objects.filter(paper__exam__run=run, paper__exam__published_at__isnull=False)
    if students is not None:
        marks = marks.filter(paper__student__in=students)
    rows = marks.values("paper__exam", "paper__student").annotate(points=Sum("points")).order_by()
    sums = {(row["paper__exam"], row["paper__student"]): row["points"] for row in rows}
    if not sums:
        return Contribution()
    exams = {exam.pk: exam for exam in Exam.objects.filter(run=run, published_at__isnull=False).select_related("run")}
    scales = {pk: scale_of(exam) for pk, exam in exams.items()}
    return Contribution(
        components={(student, exams[exam].mark): scales[exam].mark(points) for (exam, student), points in sums.items()}
    )


def with_marks(exam: Exam, known: Facts) -> Facts:
    """The same facts if the marks were published now."""
    scale = scale_of(exam)
    papers = dict(Paper.objects.filter(exam=exam).values_list("pk", "student"))
    return known.marked(exam.mark, {papers[paper]: scale.mark(points) for paper, points in earned(papers).items()})
