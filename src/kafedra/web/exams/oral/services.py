"""Writes of the oral part."""

from __future__ import annotations

import secrets

from django.db import transaction

from kafedra.course.tickets import TicketsFile
from kafedra.web.exams import verbs
from kafedra.web.exams.models import Draw
from kafedra.web.people.models import User
from kafedra.web.record.services import note as record
from kafedra.web.runs.models import Run


@transaction.atomic
def draw(*, run: Run, name: str, tickets: TicketsFile, student: User, by: User) -> Draw:
    """Draw a card for a student: never the one that was drawn just before, nor one of their own while others are left.

    Whoever waits in the corridor has heard the last card; chance is the system's own, and nobody can repeat it.
    """
    Run.objects.select_for_update().get(pk=run.pk)  # two draws at the same moment are one after the other
    earlier = Draw.objects.filter(run=run, tickets=name)
    last = earlier.first()
    own = set(earlier.filter(student=student).values_list("card", flat=True))
    others = [one.slug for one in tickets.cards if last is None or one.slug != last.card]
    card = secrets.choice([one for one in others if one not in own] or others)
    row = Draw.objects.create(run=run, tickets=name, card=card, student=student, by=by)
    number, _card = tickets.card(card)
    record(
        who=by, verb=verbs.DRAWN, about=row, label=name, run=run, concerns=student,
        after={"ticket_card": f"{number}, {card}"},
    )  # fmt: skip
    return row
