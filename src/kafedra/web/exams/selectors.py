"""Reads of exams: papers, their parts while they are marked, how far that is, what students see of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, QuerySet

from kafedra.exam.bank import Part, Question
from kafedra.web.exams.models import Appeal, Exam, Mark, Opinion, Paper, Scan
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess
from kafedra.web.people.students import students_of
from kafedra.web.runs.models import Run


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of one answer while it is marked: what it may earn, what must be there, and what was given.

    One that is `closed` is not marked by who looks; `said` is what they read about other markers.
    """

    paper: Paper
    place: int
    part: int
    most: Decimal
    note: str
    mark: Mark | None
    closed: bool = False
    said: str = ""

    @property
    def name(self) -> str:
        """As forms name it."""
        return f"m{self.paper.pk}-{self.place}-{self.part}"


def cells(exam: Exam, papers: Sequence[Paper], places: Iterable[int]) -> list[list[Cell]]:
    """A list for each paper, of the parts of these questions. One query, whatever the number of papers."""
    asked, wanted = exam.questions, list(places)
    rows = Mark.objects.filter(paper__in=[one.pk for one in papers], place__in=wanted).select_related("by")
    marks = {(row.paper_id, row.place, row.part): row for row in rows}
    return [
        [
            Cell(paper, place, number, part.points, part.note, marks.get((paper.pk, place, number)))
            for place in wanted
            for number, part in enumerate(asked.rows[place][paper.variant].parts)
        ]
        for paper in papers
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a question, or of everything, is marked."""

    done: int
    of: int

    @property
    def whole(self) -> bool:
        """Nothing is left."""
        return self.done >= self.of


def progress(exam: Exam) -> list[Progress]:
    """For each question of the paper."""
    asked = exam.questions
    variants = Counter(exam.papers.values_list("variant", flat=True))
    done = Counter({
        row["place"]: row["count"]
        for row in Mark.objects.filter(paper__exam=exam).values("place").annotate(count=Count("pk")).order_by()
    })  # fmt: skip
    return [
        Progress(done[place], sum(len(row[variant].parts) * count for variant, count in variants.items()))
        for place, row in enumerate(asked.rows)
    ]


def reasons(exam: Exam, places: Iterable[int]) -> list[str]:
    """What was said before about these questions, the most frequent first."""
    rows = Mark.objects.filter(paper__exam=exam, place__in=list(places)).exclude(reason="")
    counted = rows.values("reason").annotate(count=Count("pk")).order_by("-count", "reason")[:60]
    return [row["reason"] for row in counted]


def papers_of(exam: Exam) -> list[Paper]:
    """Every paper, in the order of numbers, with its student."""
    rows = Paper.objects.filter(exam=exam).select_related("student", "exam__run")
    return list(rows)


def groups(exam: Exam) -> Mapping[int, str]:
    """The group of each student of the run."""
    return {student.pk: student.group for student in students_of(exam.run)}  # type: ignore[attr-defined]  # annotated


def without_paper(exam: Exam) -> tuple[list[User], int]:
    """Students who have no paper yet and would get one, and how many have chosen the automat."""
    free = set(exam.choices.filter(sits=False).values_list("student", flat=True))
    have = set(exam.papers.values_list("student", flat=True))
    students = students_of(exam.run)
    return [one for one in students if one.pk not in have and one.pk not in free], len(free)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of a published paper as its student sees it: what was asked, what it earned, why, a model answer."""

    question: Question
    parts: Sequence[tuple[Part, Mark | None, Appeal | None]]

    @property
    def points(self) -> Decimal:
        """What all parts earned."""
        return sum((mark.points for _, mark, _ in self.parts if mark), Decimal(0))


def result(paper: Paper) -> list[Answered]:
    """A paper question by question."""
    marks = {(row.place, row.part): row for row in paper.marks.all()}
    asked = {(row.place, row.part): row for row in paper.appeals.select_related("answered_by")}
    return [
        Answered(
            question,
            [
                (part, marks.get((place, number)), asked.get((place, number)))
                for number, part in enumerate(question.parts)
            ],
        )
        for place, question in enumerate(paper.exam.questions.variant(paper.variant))
    ]


def own_paper(access: RunAccess, exam: Exam) -> Paper | None:
    """The paper of whoever looks."""
    return exam.papers.filter(student=access.user).select_related("exam__run").first()


def begun(exam: Exam) -> bool:
    """Whether anybody has marked anything, or sheets have come back."""
    if Scan.objects.filter(exam=exam).exists():
        return True
    return any(kind.objects.filter(paper__exam=exam).exists() for kind in (Mark, Opinion))


def unfinished(exam: Exam) -> int:
    """How many papers have parts without a mark, of those that have any mark at all."""
    asked = exam.questions
    counts = exam.papers.annotate(count=Count("marks")).values_list("variant", "count")
    return sum(0 < count < sum(len(one.parts) for one in asked.variant(variant)) for variant, count in counts)


def markers(exam: Exam) -> dict[str, int]:
    """How many parts each has marked, by name; where two mark each part, what they gave, not what was decided."""
    kind = Opinion if Opinion.objects.filter(paper__exam=exam).exists() else Mark
    rows = (
        kind.objects.filter(paper__exam=exam).order_by().values(name=F("by__display_name")).annotate(count=Count("pk"))
    )
    found = Counter[str]()
    for row in rows:
        found[row["name"]] += row["count"]
    return dict(found.most_common())


def appeals_of(run: Run) -> QuerySet[Appeal]:
    """Requests to look at parts of papers again, with what pages say of them."""
    return Appeal.objects.filter(paper__exam__run=run).select_related(
        "paper__student", "paper__exam__run", "answered_by"
    )
