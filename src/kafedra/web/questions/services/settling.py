"""What becomes of questions and answers: resolved, pinned, joined to another, taken back, hidden."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from kafedra.web import clock
from kafedra.web.people.models import User
from kafedra.web.questions import verbs
from kafedra.web.questions.models import Answer, Audience, Question
from kafedra.web.questions.services.indexing import index_anew
from kafedra.web.questions.telling import tell_hidden, tell_joined
from kafedra.web.record.services import note as record
from kafedra.web.record.verbs import Verb

Written = Question | Answer


class CannotJoin(Exception):
    """The question can't be joined to that one: whoever asked it could not read the other."""


@transaction.atomic
def resolve(*, question: Question, by: User, resolved: bool) -> bool:
    """Say that the question is settled, or open again. Whether that is news."""
    if resolved == (question.resolved_at is not None):
        return False
    question.resolved_at = clock.now() if resolved else None
    question.save(update_fields=["resolved_at"])
    _record(question, by, verbs.RESOLVED if resolved else verbs.REOPENED)
    return True


@transaction.atomic
def pin(*, question: Question, by: User, pinned: bool) -> bool:
    """Let it stand above all others, or among them. Whether that is news."""
    if pinned == (question.pinned_at is not None):
        return False
    question.pinned_at = clock.now() if pinned else None
    question.save(update_fields=["pinned_at"])
    _record(question, by, verbs.PINNED if pinned else verbs.UNPINNED)
    return True


@transaction.atomic
def merge(*, question: Question, by: User, into: Question | None) -> bool:
    """Join a question to another that asks the same, with all that was joined to it; None: let it stand by itself.

    Its own address goes on leading to the answer. Raises CannotJoin. Returns whether anything changed.
    """
    before = question.duplicate_of
    if into is not None:
        into = into.duplicate_of or into
        if into.pk == question.pk or into.run_id != question.run_id or into.removed_at is not None:
            raise CannotJoin
        readers = [question.author_id, *question.duplicates.values_list("author", flat=True)]
        if into.audience == Audience.STAFF and any(reader != into.author_id for reader in readers):
            raise CannotJoin
    if before == into:
        return False
    question.duplicate_of, question.pinned_at = into, None
    question.save(update_fields=["duplicate_of", "pinned_at"])
    if into is None:
        _record(question, by, verbs.PARTED, before={"question": str(before)})
        return True
    _record(question, by, verbs.MERGED, after={"question": into.title})
    for other in question.duplicates.all():
        other.duplicate_of = into
        other.save(update_fields=["duplicate_of"])
        _record(other, by, verbs.MERGED, after={"question": into.title})
    tell_joined(question, into)
    return True


@transaction.atomic
def take_back(*, written: Written) -> bool:
    """Its author takes it back: nobody but staff reads it any more. The record keeps its words."""
    if written.removed_at is not None:
        return False
    _remove(written, written.author, "")
    _record(written, written.author, verbs.DELETED if isinstance(written, Question) else verbs.ANSWER_DELETED)
    return True


@transaction.atomic
def hide(*, written: Written, by: User, hidden: bool, why: str) -> bool:
    """Hide from all but its author and staff, with a reason that the author reads; or show again."""
    if hidden == (written.removed_at is not None):
        return False
    question = isinstance(written, Question)
    if hidden:
        _remove(written, by, why)
        _record(written, by, verbs.HIDDEN if question else verbs.ANSWER_HIDDEN, why=why)
        tell_hidden(written, by)
        return True
    written.removed_at = written.removed_by = None
    written.removed_why = ""
    written.save(update_fields=["removed_at", "removed_by", "removed_why"])
    _index(written)
    _record(written, by, verbs.RESTORED if question else verbs.ANSWER_RESTORED, why=why)
    return True


def _remove(written: Written, by: User, why: str) -> None:
    written.removed_at, written.removed_by, written.removed_why = clock.now(), by, why
    fields = ["removed_at", "removed_by", "removed_why"]
    if isinstance(written, Answer):
        written.confirmed_at = written.confirmed_by = None
        fields += ["confirmed_at", "confirmed_by"]
    written.save(update_fields=fields)
    _index(written)


def _index(written: Written) -> None:
    """What nobody reads, nobody finds."""
    if isinstance(written, Answer):
        index_anew(written.question)


def _record(written: Written, by: User, verb: Verb, why: str = "", **told: Mapping[str, str]) -> None:
    question = written if isinstance(written, Question) else written.question
    record(
        who=by, verb=verb, about=written, label=question.title, run=question.run, concerns=written.author,
        why=why, before=told.get("before"), after=told.get("after"),
    )  # fmt: skip
