"""Writes of a question by whoever asks it, or has the same one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from kafedra.web import clock
from kafedra.web.people.models import User
from kafedra.web.questions import verbs
from kafedra.web.questions.models import Asker, Audience, Question
from kafedra.web.questions.services.indexing import words_of
from kafedra.web.questions.services.pictures import attach
from kafedra.web.questions.similar import indexed
from kafedra.web.questions.subjects import Subject
from kafedra.web.questions.telling import tell_staff
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record
from kafedra.web.runs.models import Run


@dataclass(frozen=True)
class Words:
    """What somebody typed into the form of a question."""

    title: str
    text: str
    audience: Audience
    shows_work: bool = False
    pictures: Collection[UUID] = ()


@transaction.atomic
def ask(*, run: Run, author: User, by_staff: bool, subject: Subject, words: Words) -> Question:
    """Ask. The same words of the same person sent twice at once are one question. Staff is told."""
    known = Question.objects.select_for_update().filter(run=run, author=author).first()
    if known is not None and (known.title, known.text, known.removed_at) == (words.title, words.text, None):
        return known
    question = Question.objects.create(
        run=run, author=author, by_staff=by_staff, title=words.title, text=words.text, audience=words.audience,
        shows_work=words.shows_work, words=indexed(words.title, words.text), **subject.columns,
    )  # fmt: skip
    pictures = attach(words.pictures, author, question=question)
    told: dict[str, Value] = {
        "title": words.title,
        "text": words.text,
        "audience": words.audience,
        "about": subject.value,
    }
    told |= {"shows_work": words.shows_work} if subject.of_own_work else {}
    told |= {"pictures": pictures} if pictures else {}
    record(
        who=author, verb=verbs.ASKED, about=question, label=question.title, run=run, concerns=author, after=told
    )  # fmt: skip
    if not by_staff:
        tell_staff(question)
    return question


@transaction.atomic
def edit(*, question: Question, words: Words) -> Question:
    """Change one's question: its words, who reads it, whether others see one's work. Pictures are as they are named."""
    Question.objects.select_for_update().get(pk=question.pk)
    before = _told(question)
    question.title, question.text, question.audience = words.title, words.text, words.audience
    question.shows_work, question.words = words.shows_work, words_of(question)
    pictures = attach(words.pictures, question.author, question=question)
    after = _told(question)
    changed = [name for name in after if before[name] != after[name]]
    if not changed and not pictures:
        return question
    question.edited_at = clock.now()
    question.save()
    record(
        who=question.author, verb=verbs.EDITED, about=question, label=question.title, run=question.run,
        concerns=question.author, before={name: before[name] for name in changed},
        after={name: after[name] for name in changed} | ({"pictures": pictures} if pictures else {}),
    )  # fmt: skip
    return question


def _told(question: Question) -> dict[str, str | bool]:
    return {
        "title": question.title,
        "text": question.text,
        "audience": question.audience,
        "shows_work": question.shows_work,
    }


@transaction.atomic
def join(*, question: Question, user: User, joined: bool) -> bool:
    """Say that one has the same question, and be told of its answers; or no longer. Whether that is news."""
    rows = Asker.objects.filter(question=question, user=user)
    if joined == rows.exists() or question.author_id == user.pk:
        return False
    row = Asker.objects.create(question=question, user=user) if joined else rows.get()
    record(
        who=user, verb=verbs.JOINED if joined else verbs.LEFT, about=row, label=question.title, run=question.run,
        concerns=user,
    )  # fmt: skip
    if not joined:
        rows.delete()
    return True
