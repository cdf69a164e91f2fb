"""A run in mid-term: so many students, each with several submissions to every assignment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from kafedra.web.exams.models import Mark
from kafedra.web.exams.services.seating import seat
from kafedra.web.exams.services.setting import Held, draw_up
from kafedra.web.marks.models import EnteredMark
from kafedra.web.people.models import Membership, Role, User
from kafedra.web.recordbook.selectors import seen, sheets
from kafedra.web.recordbook.services import freeze
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run
from kafedra.web.runs.services import put_in_force, store_terms
from kafedra.web.submissions.models import Report, Repository, State, Submission

NAMES = "Анна Борис Вера Глеб Дарья Егор Жанна Захар Ирина Кирилл Лидия Михаил".split()
SURNAMES = "Ахматова Пастернак Инбер Цветаева Мандельштам Хлебников Заболоцкий Хармс".split()


def crowd(run: Run, students: int, submissions: int, until: datetime) -> None:
    """Fill `run`: `students` people, `submissions` graded pushes of each to each assignment, up to `until`."""
    random = Random(2023)  # the same crowd every time
    people = User.objects.bulk_create(
        User(username=f"student-{n}", display_name=f"{random.choice(NAMES)} {random.choice(SURNAMES)} {n}")
        for n in range(students)
    )
    Membership.objects.bulk_create(Membership(user=user, run=run, role=Role.STUDENT) for user in people)
    works = course.current().runs[run.slug].works
    repositories = Repository.objects.bulk_create(
        Repository(run=run, student=user, assignment=work.slug, path=f"{run.slug}/{work.slug}/{user.username}.git")
        for user in people
        for work in works
    )
    pushed = Submission.objects.bulk_create(
        Submission(
            repository=repository,
            commit=f"{random.getrandbits(160):040x}",
            pushed_at=until - timedelta(hours=random.uniform(0, 300)),
            state=State.GRADED,
        )
        for repository in repositories
        for _ in range(submissions)
    )
    most = {work.slug: work.points for work in works}  # so few of them that hardly a grade is at its cap
    Report.objects.bulk_create(
        Report(
            submission=submission,
            points=most[submission.repository.assignment] * Decimal(random.randint(0, 12)) / 20,
            max_points=most[submission.repository.assignment],
            seed=1,
            seconds=0.8,
            grading_seconds=0.8,
            document={"tests": []},
        )
        for submission in pushed
    )


def changed(run: Run, instructor: User) -> None:
    """What counts is not what the files say: deadlines were a day earlier, every third assignment counted half."""
    written = terms.written(run.slug)
    works = tuple(
        replace(
            one,
            deadline=one.deadline and one.deadline - timedelta(days=1),
            max_points=one.max_points * (1 if place % 3 else Decimal("0.5")),
            judge_points=one.judged_of,
        )
        for place, one in enumerate(written.assignments)
    )
    with transaction.atomic():
        store_terms(run, replace(written, assignments=works), before=written, by=instructor)
    put_in_force()


def examined(run: Run, instructor: User) -> None:
    """Everybody has written the exam, every part is marked, nothing is published."""
    exam = draw_up(run=run, mark="exam", seed=2023, held=Held(), by=instructor)
    seat(exam=exam, by=instructor)
    rows, random = exam.questions.rows, Random(2023)
    Mark.objects.bulk_create(
        Mark(paper=paper, place=place, part=number, points=part.points * random.randint(0, 2) / 2, by=instructor)
        for paper in exam.papers.all()
        for place, row in enumerate(rows)
        for number, part in enumerate(row[paper.variant].parts)
    )


def closed(run: Run, instructor: User) -> None:
    """The run at its end: everybody has an exam mark, grades are frozen, and then every third mark changes."""
    students = list(User.objects.filter(memberships__run=run, memberships__role=Role.STUDENT))
    EnteredMark.objects.bulk_create(
        EnteredMark(run=run, student=student, name="exam", value=place % 11, given_by=instructor)
        for place, student in enumerate(students)
    )
    rows = [row for sheet in sheets(run) for row in sheet.open]
    freeze(run=run, group=None, shown=seen(rows), by=instructor)
    EnteredMark.objects.filter(student__in=students[::3]).update(value=10)
