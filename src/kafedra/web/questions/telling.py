"""Who hears of what: answers reach those who ask, new questions reach staff."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from kafedra.web.notices.kinds import News
from kafedra.web.notices.services import tell
from kafedra.web.people.models import Role, User
from kafedra.web.questions import news
from kafedra.web.questions.models import Answer, Asker, Audience, Question


def page_of(question: Question) -> str:
    """The address of a question."""
    return reverse("questions:question", args=[question.run.slug, question.pk])


def tell_staff(question: Question) -> None:
    """There is a new question."""
    _tell(_staff(question), news.ASKED, question)


def tell_of_answer(answer: Answer) -> None:
    """Those who ask hear of an answer. Of what the asker adds staff hears: who has answered, or everybody."""
    question = answer.question
    if answer.author_id != question.author_id:
        _tell(_askers(question, answer.author_id), news.ANSWERED, question)
        return
    if question.resolved_at is not None:  # thanks; nobody has to do anything
        return
    answered = {one.author for one in question.answers.filter(by_staff=True).select_related("author")}
    _tell((answered or set(_staff(question))) - {question.author}, news.MORE, question)
    _tell(_askers(question, answer.author_id), news.ANSWERED, question)


def tell_of_confirmed(answer: Answer, by: User) -> None:
    """Those who ask, and whoever was right."""
    question = answer.question
    if answer.author_id not in (by.pk, question.author_id):
        _tell([answer.author], news.MINE_CONFIRMED, question)
    if not answer.by_staff:  # of a teacher's own answer they have heard when it came
        _tell(_askers(question, answer.author_id), news.CONFIRMED, question)


def tell_joined(question: Question, into: Question) -> None:
    """Whoever asked finds the answer elsewhere."""
    for user in _askers(question, into.author_id):
        tell(user=user, run=into.run, news=news.JOINED, path=page_of(into), title=into.title)


def tell_hidden(written: Question | Answer, by: User) -> None:
    """Whoever wrote it reads why."""
    question = written if isinstance(written, Question) else written.question
    if written.author_id != by.pk:
        _tell([written.author], news.HIDDEN, question)


def _tell(people: Iterable[User], what: News, question: Question) -> None:
    for user in people:
        tell(user=user, run=question.run, news=what, path=page_of(question), title=question.title)


def _staff(question: Question) -> list[User]:
    members = question.run.memberships.exclude(role=Role.STUDENT).filter(user__is_active=True)
    return [one.user for one in members.select_related("user").order_by("pk")]


def _askers(question: Question, but: int) -> list[User]:
    """Who asked this, or what was joined to it, or has the same question."""
    if question.audience == Audience.STAFF:  # it may have been for all before
        return [user for user in [question.author] if user.pk != but]
    every = [question, *question.duplicates.filter(removed_at=None).select_related("author")]
    also = Asker.objects.filter(question__in=every).select_related("user").order_by("pk")
    people = [*(one.author for one in every), *(one.user for one in also)]
    return [user for user in dict.fromkeys(people) if user.pk != but]
