"""Writes of answers: given, changed, confirmed by staff, of help."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from kafedra.web import clock
from kafedra.web.people.models import User
from kafedra.web.questions import verbs
from kafedra.web.questions.models import Answer, Audience, Helped, Question
from kafedra.web.questions.services.indexing import index_anew
from kafedra.web.questions.services.pictures import attach
from kafedra.web.questions.services.settling import resolve
from kafedra.web.questions.telling import tell_of_answer, tell_of_confirmed
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record


@transaction.atomic
def answer(
    *,
    question: Question,
    author: User,
    by_staff: bool,
    text: str,
    unnamed: bool = False,
    pictures: Collection[UUID] = (),
    resolved: bool = False,
) -> Answer:
    """Answer, or say more about one's own question, which is then open again unless its author says it is `resolved`.

    Words sent twice at once are one answer. Whoever asked without a name goes on without one.
    """
    Question.objects.select_for_update().get(pk=question.pk)
    last = Answer.objects.filter(question=question).last()
    if last is not None and (last.author_id, last.text, last.removed_at) == (author.pk, text, None):
        return last
    asks = author.pk == question.author_id
    unnamed = question.audience == Audience.UNNAMED if asks else unnamed and not by_staff
    given = Answer.objects.create(question=question, author=author, by_staff=by_staff, text=text, unnamed=unnamed)
    index_anew(question)
    attached = attach(pictures, author, answer=given)
    after: dict[str, Value] = {"text": text, "unnamed": unnamed, **({"pictures": attached} if attached else {})}
    record(
        who=author, verb=verbs.ANSWERED, about=given, label=question.title, run=question.run, concerns=author,
        after=after,
    )  # fmt: skip
    if asks and not by_staff:
        resolve(question=question, by=author, resolved=resolved)
    tell_of_answer(given)
    return given


@transaction.atomic
def edit_answer(*, answer: Answer, text: str, pictures: Collection[UUID] = ()) -> Answer:
    """Change one's answer. One that was confirmed is so no longer: other words were confirmed."""
    attached, before = attach(pictures, answer.author, answer=answer), answer.text
    if before == text and not attached:
        return answer
    answer.text, answer.edited_at = text, clock.now()
    if not answer.by_staff:
        answer.confirmed_at = answer.confirmed_by = None
    answer.save()
    index_anew(answer.question)
    record(
        who=answer.author, verb=verbs.ANSWER_EDITED, about=answer, label=answer.question.title,
        run=answer.question.run, concerns=answer.author, before={"text": before}, after={"text": text},
    )  # fmt: skip
    return answer


@transaction.atomic
def confirm(*, answer: Answer, by: User, confirmed: bool) -> bool:
    """Say that an answer is right, which resolves its question; another one is then confirmed no longer."""
    Question.objects.select_for_update().get(pk=answer.question_id)
    answer.refresh_from_db()
    if confirmed == (answer.confirmed_at is not None) or answer.removed_at is not None:
        return False
    if confirmed:
        for other in answer.question.answers.exclude(pk=answer.pk).exclude(confirmed_at=None):
            _confirm(other, by, confirmed=False)
    _confirm(answer, by, confirmed=confirmed)
    if confirmed:
        resolve(question=answer.question, by=by, resolved=True)
        tell_of_confirmed(answer, by)
    return True


def _confirm(answer: Answer, by: User, *, confirmed: bool) -> None:
    answer.confirmed_at, answer.confirmed_by = (clock.now(), by) if confirmed else (None, None)
    answer.save(update_fields=["confirmed_at", "confirmed_by"])
    record(
        who=by, verb=verbs.CONFIRMED if confirmed else verbs.UNCONFIRMED, about=answer, label=answer.question.title,
        run=answer.question.run, concerns=answer.author,
    )  # fmt: skip


@transaction.atomic
def help_with(*, answer: Answer, user: User, helped: bool) -> bool:
    """Say that an answer has helped, or has not after all. What helped the asker resolves the question."""
    rows = Helped.objects.filter(answer=answer, user=user)
    if helped == rows.exists() or answer.author_id == user.pk:
        return False
    row = Helped.objects.create(answer=answer, user=user) if helped else rows.get()
    question = answer.question
    # It concerns whoever says so, and nobody else: the answer's author must not learn who asks without a name.
    record(
        who=user, verb=verbs.HELPED if helped else verbs.HELPED_NOT, about=row, label=question.title,
        run=question.run, concerns=user,
    )  # fmt: skip
    if not helped:
        rows.delete()
    elif user.pk == question.author_id:
        resolve(question=question, by=user, resolved=True)
    return True
