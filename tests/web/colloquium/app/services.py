from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from tests.web.colloquium.app import news, verbs
from tests.web.colloquium.app.models import Talk

from kafedra.web.notices.services import tell
from kafedra.web.people.models import User
from kafedra.web.record.services import note
from kafedra.web.runs.models import Run


@transaction.atomic
def hold(*, run: Run, student: User, topic: str, mark: Decimal, by: User) -> Talk:
    row = Talk.objects.create(run=run, student=student, mark=mark)
    note(who=by, verb=verbs.HELD, about=row, label=topic, run=run, concerns=student, after={"talk_topic": topic})
    tell(user=student, run=run, news=news.MARKED, path=reverse("colloquium:talks", args=[run.slug]), mark=str(mark))
    return row
