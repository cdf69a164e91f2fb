"""Where questions stand on pages of others: the header, the run's first page, the page of a topic, a search."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kafedra.materials import excerpt
from kafedra.web.frame.prose import in_words
from kafedra.web.people.hooks import Belongings, Hit, Hits, Place, Section
from kafedra.web.people.models import Membership
from kafedra.web.people.runs import RunAccess
from kafedra.web.questions import subjects
from kafedra.web.questions.access import listed
from kafedra.web.questions.models import Answer, Question
from kafedra.web.questions.rows import newest, rows_of
from kafedra.web.questions.similar import matching
from kafedra.web.runs.models import Run

SHOWN = 5


def places(access: RunAccess) -> Sequence[Place]:
    """For students; staff find them in the inbox, beside all else that waits."""
    return (
        [] if access.is_staff else [Place(_("Questions"), reverse("questions:questions", args=[access.run.slug]), 25)]
    )


def on_topic(run: Run, topic: int, access: RunAccess | None) -> Section | None:
    """Questions about a topic, and where to ask; visitors see none of what members say to each other."""
    if access is None:
        return None
    rows = newest(listed(access)).filter(topic=topic)
    context = {
        "rows": rows_of(access, list(rows[:SHOWN])), "count": rows.count(), "topic": topic,
        "access": access, "run": run,
    }  # fmt: skip
    return Section("questions/_topic.html", 70, context)


def on_first_page(access: RunAccess) -> Section | None:
    """What is pinned and what of mine waits; to staff the inbox says more."""
    if access.is_staff:
        return None
    rows = newest(listed(access))
    pinned = list(islice(rows.exclude(pinned_at=None), SHOWN))
    mine = [one for one in rows.filter(author=access.user, resolved_at=None)[:SHOWN] if one not in pinned]
    return Section("questions/_home.html", 55, {"rows": rows_of(access, [*pinned, *mine])})


def found(access: RunAccess, query: str) -> Hits:
    """Questions with all words of a search, in them or in their answers, as far as one may read them."""
    rows = matching(query, newest(listed(access)))
    hits = [
        Hit(
            one.title,
            reverse("questions:question", args=[access.run.slug, one.pk]),
            subjects.words(access.run.slug, subjects.subject_of(one)),
            mark_safe(excerpt(in_words(one.text), query)),  # noqa: S308  # escaped by the index, which marks words
        )
        for one in rows[:SHOWN]
    ]
    everything = reverse("questions:questions", args=[access.run.slug]) + f"?{urlencode({'q': query})}"
    return Hits(_("Questions"), hits, len(rows), everything)


def said(membership: Membership) -> Belongings:
    """What somebody asked and answered stays, with their name."""
    mine = {"author": membership.user, "removed_at": None}
    number = Question.objects.filter(run=membership.run, **mine).count()
    number += Answer.objects.filter(question__run=membership.run, **mine).count()
    text = ngettext("%(n)s question or answer", "%(n)s questions and answers", number)
    return Belongings(stays=[text % {"n": number}] if number else [])
