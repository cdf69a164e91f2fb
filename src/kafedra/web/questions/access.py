"""Who may read and do what: one function for each protected object."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import Http404

from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_run, one_of_run
from kafedra.web.questions.models import Answer, Audience, Picture, Question

W = TypeVar("W", Question, Answer)

OPEN_TO_ALL = (Audience.NAMED, Audience.UNNAMED)


def readable(access: RunAccess) -> QuerySet[Question]:
    """What somebody may open: staff everything, others their own and what is for all. What staff has hidden is not."""
    rows = Question.objects.filter(run=access.run).select_related("author", "run", "removed_by", "submission")
    if access.is_staff:
        return rows
    taken_back = Q(removed_at=None) | Q(removed_by=F("author"))
    return rows.filter(Q(author=access.user) | (Q(audience__in=OPEN_TO_ALL) & taken_back))


def listed(access: RunAccess) -> QuerySet[Question]:
    """What lists show: neither what was taken back or hidden, nor what was joined to another."""
    return readable(access).filter(removed_at=None, duplicate_of=None)


def access_question(user: User, run: str, pk: int) -> tuple[RunAccess, Question]:
    """A question that the person may read; Http404 for every other."""
    access = access_run(user, run)
    return one_of_run(access, readable(access), pk)


def access_own_question(user: User, run: str, pk: int) -> tuple[RunAccess, Question]:
    """A question of the person's own that stands; PermissionDenied for others who may read it."""
    return _if_own(*access_question(user, run, pk))


def access_question_as_staff(user: User, run: str, pk: int) -> tuple[RunAccess, Question]:
    """A question, for the staff of its run."""
    return _for_staff(*access_question(user, run, pk))


def access_answer(user: User, run: str, pk: int) -> tuple[RunAccess, Answer]:
    """An answer to a question that the person may read, if it stands or is their own; staff sees every one."""
    access = access_run(user, run)
    rows = Answer.objects.select_related("question__author", "question__run", "author", "removed_by")
    rows = rows.filter(question__in=readable(access).values("pk"))
    _access, answer = one_of_run(access, rows, pk, run="question__run")
    hidden = answer.removed_at is not None and answer.author_id != user.pk
    if hidden and not access.is_staff:
        raise Http404
    return access, answer


def access_own_answer(user: User, run: str, pk: int) -> tuple[RunAccess, Answer]:
    """An answer of the person's own that stands; PermissionDenied for others who may read it."""
    return _if_own(*access_answer(user, run, pk))


def access_answer_as_staff(user: User, run: str, pk: int) -> tuple[RunAccess, Answer]:
    """An answer, for the staff of its run."""
    return _for_staff(*access_answer(user, run, pk))


def _if_own(access: RunAccess, written: W) -> tuple[RunAccess, W]:
    if written.author_id != access.user.pk or written.removed_at is not None:
        raise PermissionDenied
    return access, written


def _for_staff(access: RunAccess, written: W) -> tuple[RunAccess, W]:
    if not access.is_staff:
        raise PermissionDenied
    return access, written


def access_picture(user: User, run: str, uid: UUID) -> Picture:
    """A picture of what the person may read and what stands, or one of their own; Http404 for every other."""
    access = access_run(user, run)
    picture = Picture.objects.select_related("question", "answer").filter(run=access.run, uid=uid).first()
    if picture is None:
        raise Http404
    if picture.owner_id == user.pk or access.is_staff:
        return picture
    written = picture.answer or picture.question
    if written is None or written.removed_at is not None:
        raise Http404
    question = written.question_id if isinstance(written, Answer) else written.pk
    if not readable(access).filter(pk=question).exists():
        raise Http404
    return picture
