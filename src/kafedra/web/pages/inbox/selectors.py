"""What is said to staff: what waits, what waits longest first; and what was answered last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kafedra.web.appeals import selectors as appeals
from kafedra.web.exams import selectors as exams
from kafedra.web.exams.models import Appeal as ExamAppeal
from kafedra.web.exams.rules import title_of as exam_title
from kafedra.web.integrity import selectors as integrity
from kafedra.web.notices.wording import title as title_of
from kafedra.web.people.models import User
from kafedra.web.questions import subjects, waiting
from kafedra.web.questions.models import Answer as QuestionAnswer
from kafedra.web.questions.models import Audience, Question
from kafedra.web.reviews.models import Message
from kafedra.web.reviews.threads import unanswered
from kafedra.web.runs.models import Run
from kafedra.web.submissions.addresses import desk_of, page_of

if TYPE_CHECKING:
    from kafedra.web.appeals.models import Appeal
    from kafedra.web.integrity.models import Side

KINDS = ("question", "test", "review", "exam", "case")
DONE = 40


@dataclass(frozen=True)
class Item:
    """One thing that was said to staff. `reply` is where its answer goes, in the field `named`, with `fields` beside.

    `people` have the same question. `answer` is what was said last, of what doesn't wait any more.
    """

    kind: str
    since: datetime
    who: User
    about: str
    title: str
    text: str
    address: str
    reply: str = ""
    named: str = "text"
    fields: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    people: int = 0
    answer: str = ""
    answered_by: User | None = None


def waits(run: Run) -> list[Item]:
    """Everything that waits. The number of queries doesn't depend on how much there is."""
    found = [*_questions(run), *_tests(run), *_replies(run), *_exam(run), *_cases(run)]
    return sorted(found, key=lambda one: one.since)


def done(run: Run) -> list[Item]:
    """What was answered last."""
    found = [
        *_answered_questions(run),
        *_answered_tests(run),
        *_answered_replies(run),
        *_answered_exam(run),
        *_decided_cases(run),
    ]
    return sorted(found, key=lambda one: one.since, reverse=True)[:DONE]


def _questions(run: Run) -> Iterator[Item]:
    for question, standing in waiting.waiting(run):
        yield Item(
            "question", standing.since or question.at, question.author,
            subjects.words(run.slug, subjects.subject_of(question)), question.title, question.text,
            reverse("questions:question", args=[run.slug, question.pk]),
            reverse("questions:answer", args=[run.slug, question.pk]),
            note=_note(question), people=getattr(question, "people", 0),
        )  # fmt: skip


def _note(question: Question) -> str:
    return {
        Audience.UNNAMED: _("for all to read, without the name"),
        Audience.NAMED: _("for all to read"),
        Audience.STAFF: _("for teachers alone"),
    }[Audience(question.audience)]


def _tests(run: Run) -> Iterator[Item]:
    rows = list(appeals.requests_of(run).filter(answered_at=None))
    titles = appeals.titles(rows)
    for one in rows:
        reply = reverse("appeals:answer", args=[run.slug, one.pk])
        yield _test(one, titles[one.pk], one.asked_at, reply=reply, named="answer")


def _test(one: Appeal, title: str, since: datetime, **more: object) -> Item:
    work = one.submission.repository
    return Item(
        "test", since, work.student, title_of(work.run.slug, work.assignment), title, one.message,
        page_of(one.submission), **more,  # type: ignore[arg-type]  # fields of an Item
    )  # fmt: skip


def _exam(run: Run) -> Iterator[Item]:
    for one in exams.appeals_of(run).filter(answered_at=None):
        yield _part(one, one.asked_at, reply=reverse("exams:answer", args=[run.slug, one.pk]), named="answer")


def _answered_exam(run: Run) -> Iterator[Item]:
    for one in exams.appeals_of(run).exclude(answered_at=None)[:DONE]:
        if one.answered_at is not None:
            yield _part(one, one.answered_at, answer=one.answer, answered_by=one.answered_by)


def _part(one: ExamAppeal, since: datetime, **more: object) -> Item:
    exam = one.paper.exam
    where = reverse("exams:marking", args=[exam.run.slug, exam.pk])
    about = {"question": one.place + 1, "part": one.part + 1}
    return Item(
        "exam", since, one.paper.student, exam_title(exam.run, exam.mark),
        _("question %(question)d, part %(part)d") % about, one.message, f"{where}?paper={one.paper.number}",
        **more,  # type: ignore[arg-type]  # fields of an Item
    )  # fmt: skip


def _replies(run: Run) -> Iterator[Item]:
    for first in unanswered(((row.submission_id, row.comment), row.by_staff, row) for row in _messages(run)).values():
        yield _reply(
            first, f"{desk_of(first.submission)}#conversation",
            reply=reverse("reviews:message", args=[run.slug, first.submission_id]),
            fields={"comment": str(first.comment)} if first.comment else {},
        )  # fmt: skip


def _messages(run: Run) -> Iterable[Message]:
    rows = Message.objects.filter(submission__repository__run=run).order_by("at", "pk")
    return rows.select_related("author", "submission__repository__run", "submission__repository__student")


def _reply(message: Message, address: str, **more: object) -> Item:
    work = message.submission.repository
    title = pgettext("inbox", "a comment of the review") if message.comment else pgettext("inbox", "the review")
    return Item(
        "review", message.at, work.student, title_of(work.run.slug, work.assignment), title, message.text, address,
        **more,  # type: ignore[arg-type]  # fields of an Item
    )  # fmt: skip


def _cases(run: Run) -> Iterator[Item]:
    for side in integrity.waiting(run):
        text = side.answer or _("There was no answer in time.")
        since = side.answered_at or side.answer_by
        if since is not None:
            yield _case(side, since, text)


def _decided_cases(run: Run) -> Iterator[Item]:
    for one in integrity.decided(run, DONE):
        answer = f"{one.words}: {one.reason}"
        yield _case(one.side, one.made_at, one.side.answer, answer=answer, answered_by=one.made_by)


def _case(side: Side, since: datetime, text: str, **more: object) -> Item:
    case = side.case
    return Item(
        "case", since, side.student, title_of(case.run.slug, case.assignment), case.about, text,
        reverse("integrity:case", args=[case.run.slug, case.pk]),
        **more,  # type: ignore[arg-type]  # fields of an Item
    )  # fmt: skip


def _answered_questions(run: Run) -> Iterator[Item]:
    rows = QuestionAnswer.objects.filter(question__run=run, by_staff=True, removed_at=None, question__removed_at=None)
    seen = set[int]()
    for one in rows.select_related("author", "question__author").order_by("-at", "-pk")[:DONE]:
        question = one.question
        if question.pk in seen:
            continue
        seen.add(question.pk)
        yield Item(
            "question", one.at, question.author, subjects.words(run.slug, subjects.subject_of(question)),
            question.title, question.text, reverse("questions:question", args=[run.slug, question.pk]),
            answer=one.text, answered_by=one.author,
        )  # fmt: skip


def _answered_tests(run: Run) -> Iterator[Item]:
    rows = list(appeals.requests_of(run).exclude(answered_at=None)[:DONE])
    titles = appeals.titles(rows)
    for one in rows:
        if one.answered_at is not None:
            yield _test(one, titles[one.pk], one.answered_at, answer=one.answer, answered_by=one.answered_by)


def _answered_replies(run: Run) -> Iterator[Item]:
    asked: dict[tuple[int, object], Message] = {}
    for row in _messages(run):
        thread = (row.submission_id, row.comment)
        if not row.by_staff:
            asked[thread] = row
        elif row.text and (first := asked.pop(thread, None)) is not None:
            work = row.submission.repository
            yield Item(
                "review", row.at, work.student, title_of(run.slug, work.assignment),
                pgettext("inbox", "a comment of the review") if row.comment else pgettext("inbox", "the review"),
                first.text, f"{desk_of(row.submission)}#conversation", answer=row.text, answered_by=row.author,
            )  # fmt: skip
