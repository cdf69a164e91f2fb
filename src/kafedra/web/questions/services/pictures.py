"""Writes of pictures: kept while a question is being written, then part of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kafedra.web import clock
from kafedra.web.frame.pictures import Redrawn
from kafedra.web.people.models import User
from kafedra.web.questions.models import Answer, Picture, Question
from kafedra.web.runs.models import Run

MOST = 6  # to one question or answer
UNUSED = timedelta(days=2)
MOST_UNUSED = 4 * MOST  # of one person: a few drafts


@transaction.atomic
def keep_picture(*, run: Run, owner: User, picture: Redrawn) -> Picture:
    """Keep a picture for what its owner is about to send. Of those never sent only the newest few are kept."""
    kept = Picture.objects.create(
        run=run, owner=owner, mime=picture.mime, data=picture.data, width=picture.width, height=picture.height
    )
    unused = Picture.objects.filter(owner=owner, question=None, answer=None).order_by("-pk")
    Picture.objects.filter(pk__in=list(unused.values_list("pk", flat=True)[MOST_UNUSED:])).delete()
    return kept


def attach(
    uids: Collection[UUID], owner: User, *, question: Question | None = None, answer: Answer | None = None
) -> int:
    """Make pictures of one's own, still of nothing, part of what was written; how many. Within the caller's write."""
    rows = Picture.objects.filter(uid__in=list(uids)[:MOST], owner=owner, question=None, answer=None)
    return rows.update(question=question, answer=answer)


@transaction.atomic
def forget_unused() -> int:
    """Pictures that never became part of anything go after two days; how many."""
    rows = Picture.objects.filter(question=None, answer=None, at__lt=clock.now() - UNUSED)
    return rows.delete()[0]
