"""Who may touch what of feedback."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_run, access_run_as_staff, one_of_run
from kafedra.web.surveys import memes, selectors
from kafedra.web.surveys.models import Answer, Remark, UploadedMeme
from kafedra.web.surveys.selectors import Asked

Visitor = User | AnonymousUser


def access_survey(user: Visitor, run_slug: str, topic: int) -> tuple[RunAccess, Asked]:
    """A survey that has begun, for members; staff see it before. Http404 if there is none."""
    access = access_run(user, run_slug)
    one = selectors.asked_about(access, topic)
    if one is None or not (access.is_staff or one.has_begun):
        raise Http404
    return access, one


def access_results(user: Visitor, run_slug: str, topic: int) -> tuple[RunAccess, Asked]:
    """What was answered about a topic, for staff. Http404 if nothing is asked about it."""
    access = access_run_as_staff(user, run_slug)
    one = selectors.asked_about(access, topic)
    if one is None:
        raise Http404
    return access, one


def access_answer(user: Visitor, run_slug: str, key: UUID) -> tuple[RunAccess, Answer]:
    """Words that came out of a box of this run, for staff."""
    return one_of_run(access_run_as_staff(user, run_slug), Answer.objects.all(), key)


def access_remark(user: Visitor, run_slug: str, pk: int) -> tuple[RunAccess, Remark]:
    """A remark of this run, for staff."""
    return one_of_run(access_run_as_staff(user, run_slug), Remark.objects.all(), pk)


def access_uploaded_meme(user: Visitor, run_slug: str, key: UUID) -> tuple[RunAccess, UploadedMeme]:
    """A meme that staff have added to this run, for staff."""
    return one_of_run(access_run_as_staff(user, run_slug), UploadedMeme.objects.filter(out=False), key)


def access_meme(user: Visitor, run_slug: str, key: str) -> tuple[RunAccess, memes.Picture]:
    """A meme, for staff and for whoever has earned it. Http404 for everybody else."""
    access = access_run(user, run_slug)
    found = memes.pool(access.run).get(key)
    if found is None or not (access.is_staff or key in memes.earned(access.run, access.user).values()):
        raise Http404
    return access, found
