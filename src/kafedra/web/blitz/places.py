"""Where blitzes stand on the pages of others: a link in the header, what goes on now, a topic's part."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kafedra.course import Localized
from kafedra.course.topics import TopicMaterials
from kafedra.web import clock
from kafedra.web.blitz.access import opened
from kafedra.web.blitz.admission import passed
from kafedra.web.blitz.models import Attempt, Blitz
from kafedra.web.blitz.selectors import blitzes_of, going_on
from kafedra.web.people.hooks import Belongings, Place, Section
from kafedra.web.people.models import Membership
from kafedra.web.people.runs import RunAccess
from kafedra.web.runs import course
from kafedra.web.runs.addresses import practice_page
from kafedra.web.runs.models import Run


def places(access: RunAccess) -> Sequence[Place]:
    """Staff: what was played, and a start. Students: practice, and how far the admission is."""
    return [Place(_("Blitzes"), reverse("blitz:blitzes", args=[access.run.slug]), 25)] if _any() else []


def home(access: RunAccess) -> Section | None:
    """What goes on now."""
    live = going_on(access.run)
    return Section("blitz/_home.html", 5, {"live": with_topics(live)}) if live else None


def topic(run: Run, number: int, access: RunAccess | None) -> Section | None:
    """A topic's blitz: practice for everybody, kept for whoever belongs to the run, and a start for staff."""
    found = course.current().materials.get(number)
    if found is None or not found.blitz:
        return None
    if access is None:
        return _for_visitors(run, found)
    if not (access.is_staff or opened(access, number)):
        return None
    played = list(blitzes_of(run).filter(topic=number)[:5]) if access.is_staff else []
    mine = passed(run, [access.user.pk])[access.user.pk]
    live = [one for one in going_on(run) if one.topic == number]
    context = {
        "run": run, "number": number, "questions": len(found.blitz), "played": played, "live": live,
        "best": mine.best.get(number), "passed": number in mine.passed, "threshold": mine.threshold,
        "is_staff": access.is_staff,
    }  # fmt: skip
    return Section("blitz/_topic.html", 60, context)


def _for_visitors(run: Run, topic: TopicMaterials) -> Section | None:
    known = course.current()
    if not known.runs[run.slug].opens(topic.number, "materials", clock.now()):
        return None
    address = practice_page(run, known.topic(topic.number).slug)
    return Section("blitz/_visitors.html", 60, {"questions": len(topic.blitz), "address": address})


def kept(membership: Membership) -> Belongings:
    """Attempts stay, and with them what they admit to."""
    attempts = Attempt.objects.filter(run=membership.run, student=membership.user).count()
    words = ngettext("%(n)d attempt at a blitz", "%(n)d attempts at blitzes", attempts) % {"n": attempts}
    return Belongings(stays=[words] if attempts else [])


def with_topics(blitzes: Sequence[Blitz]) -> list[tuple[Blitz, Localized | None]]:
    """Each with its topic's title."""
    titles = {topic.number: topic.title for topic in course.current().topics}
    return [(one, titles.get(one.topic)) for one in blitzes]


def _any() -> bool:
    return any(topic.blitz for topic in course.current().materials.values())
