"""What the instructor of the example does besides teaching: groups, extensions, points by hand, who wants to join."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal

from kafedra.web import clock
from kafedra.web.adjustments import services as adjustments
from kafedra.web.adjustments.models import Extension
from kafedra.web.demo.people import INSTRUCTOR
from kafedra.web.people.joining.services import request_invitation
from kafedra.web.people.members.services.belonging import change_group
from kafedra.web.people.models import Membership, Role, User
from kafedra.web.runs.models import Run

_GROUPS = ("231", "232")
_NEWCOMERS = (
    ("Глеб Широков", "232", "g.shirokov@students.example.org", "gshirokov"),
    ("Майя Лисицына", "231", "m.lisitsyna@students.example.org", ""),
)


def play(run: Run, assignment: str, logins: Collection[str]) -> None:
    """Everything that the office has to do, as far as these students take part."""
    instructor = User.objects.get(username=INSTRUCTOR.login)
    members = Membership.objects.filter(run=run, role=Role.STUDENT).select_related("user", "run").order_by("pk")
    for number, member in enumerate(members):
        change_group(membership=member, group=_GROUPS[number % len(_GROUPS)], by=instructor)
    people = {member.user.username: member.user for member in members if member.user.username in logins}
    with clock.shifted(-timedelta(hours=40)):
        _extensions(run, assignment, people, instructor)
    if "t-akhmetov" in people:
        adjustments.set_points(
            run=run, student=people["t-akhmetov"], assignment=assignment, points=Decimal("0.5"),
            reason="Показал решение у доски на семинаре", by=instructor,
        )  # fmt: skip
    for name, group, email, github in _NEWCOMERS:
        request_invitation(run=run, name=name, group=group, email=email, github=github, language="ru")


def _extensions(run: Run, assignment: str, people: dict[str, User], instructor: User) -> None:
    granted = (("i-gusev", 1, "Болел, справка есть"), ("s-nikitina", 2, "Соревнования"))
    for login, days, reason in granted:
        if login in people:
            grant = adjustments.Grant((assignment,), None, days, reason)
            batch = adjustments.extend(run=run, students=[people[login]], grant=grant, by=instructor)
            if login == "s-nikitina":  # a slip, taken back
                adjustments.undo_extensions(extensions=list(Extension.objects.filter(batch=batch)), by=instructor)
