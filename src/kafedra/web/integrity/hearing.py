"""When a student has been heard: until then nothing can be found against them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from kafedra.policy import IntegrityRule, Ruling
from kafedra.web import clock
from kafedra.web.integrity.models import Side
from kafedra.web.people.models import Membership
from kafedra.web.runs import course

END_OF_DAY = time(23, 59, 59)


def answer_by(rule: IntegrityRule) -> datetime:
    """The end of the last day for an answer, counted from today where the course is taught."""
    zone = course.current().timezone
    last = clock.now().astimezone(zone).date() + timedelta(days=rule.answer_days)
    return datetime.combine(last, END_OF_DAY, zone)


def has_left(side: Side) -> bool:
    """Whether the student is no longer in the run: they can neither read the case nor answer."""
    return not Membership.objects.filter(run=side.case.run, user=side.student).exists()


def may_decide(side: Side, ruling: Ruling) -> bool:
    """That there was nothing can be found at any time, all else once the student has answered, or had the time to."""
    if side.decided:
        return False
    return ruling is Ruling.NOTHING or side.answered_at is not None or side.time_is_over or has_left(side)
