"""A run in mid-term: so many students, each with several submissions to every assignment."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from kafedra.web.marks.models import EnteredMark
from kafedra.web.people.models import Membership, Role, User
from kafedra.web.recordbook.selectors import seen, sheets
from kafedra.web.recordbook.services import freeze
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
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
    most = {work.slug: work.points for work in works}
    Report.objects.bulk_create(
        Report(
            submission=submission,
            points=most[submission.repository.assignment] * Decimal(random.randint(0, 20)) / 20,
            max_points=most[submission.repository.assignment],
            seed=1,
            seconds=0.8,
            grading_seconds=0.8,
            document={"tests": []},
        )
        for submission in pushed
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
