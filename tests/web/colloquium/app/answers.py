"""What the app answers when the rooms below ask."""

from collections.abc import Collection, Iterator, Sequence

from django.urls import reverse
from tests.web.colloquium.app.models import Talk

from kafedra.web.frame.closing import closing
from kafedra.web.frame.doctor import Finding, Health
from kafedra.web.frame.doors import Receive, Scope, Send
from kafedra.web.people.hooks import Belongings, Place, Section
from kafedra.web.people.models import Membership, User
from kafedra.web.people.runs import RunAccess
from kafedra.web.runs.models import Run
from kafedra.web.standings.sources import EXAM, Contribution

looked: list[str] = []


def places(access: RunAccess) -> Sequence[Place]:
    return [Place("Talks", reverse("colloquium:talks", args=[access.run.slug]), 25)]


def section(access: RunAccess) -> Section:
    return Section("colloquium/_next.html", 15, {"who": access.user.get_full_name()})


def marks(run: Run, students: Collection[int] | None) -> Contribution:
    rows = Talk.objects.filter(run=run)
    if students is not None:
        rows = rows.filter(student__in=students)
    return Contribution(components={(row.student_id, EXAM): row.mark for row in rows})


def kept(membership: Membership) -> Belongings:
    number = Talk.objects.filter(run=membership.run, student=membership.user).count()
    return Belongings(stays=[f"{number} talk"], ends=["the right to talk"])


def leaves(_membership: Membership, _by: User) -> str:
    return "Nobody talks with them any more."


def examined() -> Iterator[Finding]:
    yield Finding("chalk", Health.WARN, "two pieces left", "buy some")


def look() -> None:
    looked.append("now")


async def until_the_end(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Sends something, and then nothing more until the server stops."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"open", "more_body": True})
    await closing.wait()
    await send({"type": "http.response.body", "body": b", over"})
