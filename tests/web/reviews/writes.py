"""The writes of reviews."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from tests.web import factories
from tests.web.cases import Act, World, exempt, writes

from kafedra.web.reviews.models import BankEntry, Claim
from kafedra.web.reviews.services import bank, claims, conversation, drafts, publishing
from kafedra.web.submissions.models import Submission

WORDS = drafts.Words(cell=3, text="slow", taken_off=Decimal("0.1"), into_bank=True)


def _pushed(w: World) -> Submission:
    return factories.pushed(factories.repository(w.student, w.run))


def _entry(w: World) -> BankEntry:
    return bank.add(assignment="activations", text="slow", taken_off=Decimal(0), by=w.instructor)


def _claimed(w: World) -> Claim:
    repository = factories.repository(w.student, w.run)
    return claims.claim(repository=repository, by=w.instructor, holder=w.instructor, seen_holder=None)


def _drafted(w: World, submission: Submission) -> drafts.Saved:
    seen = drafts.Seen(0, 0)
    return drafts.save_comment(submission=submission, by=w.instructor, uid=uuid4(), words=WORDS, seen=seen)


@writes(bank.add)
def an_entry(w: World) -> Act:
    return lambda: _entry(w)


@writes(bank.change)
def changing_an_entry(w: World) -> Act:
    entry = _entry(w)
    return lambda: bank.change(entry=entry, text="better", taken_off=Decimal(0), by=w.instructor)


@writes(bank.hide)
def hiding_an_entry(w: World) -> Act:
    entry = _entry(w)
    return lambda: bank.hide(entry=entry, by=w.instructor)


@writes(bank.grow)
def entries_of_a_draft(w: World) -> Act:
    draft = _drafted(w, _pushed(w)).comment
    return lambda: bank.grow(assignment="activations", comments=[draft], by=w.instructor)


@writes(claims.claim)
def a_claim(w: World) -> Act:
    return lambda: _claimed(w)


@writes(claims.keep)
def keeping(w: World) -> Act:
    repository = factories.repository(w.student, w.run)
    return lambda: claims.keep(repository=repository, by=w.instructor)


@writes(claims.release)
def letting_go(w: World) -> Act:
    repository = _claimed(w).repository
    return lambda: claims.release(repository=repository, by=w.instructor)


@writes(claims.free_all)
def freeing_all(w: World) -> Act:
    _claimed(w)
    return lambda: claims.free_all(run=w.run, holder=w.instructor, by=w.instructor)


@writes(claims.share_out)
def sharing_out(w: World) -> Act:
    factories.graded(factories.repository(w.student, w.run), "0.5")
    return lambda: claims.share_out(run=w.run, by=w.instructor, people=[w.instructor])


@writes(conversation.say)
def a_message(w: World) -> Act:
    submission = _pushed(w)
    return lambda: conversation.say(submission=submission, author=w.student, by_staff=False, text="Why?")


@writes(conversation.close)
def closing_a_question(w: World) -> Act:
    submission = _pushed(w)
    conversation.say(submission=submission, author=w.student, by_staff=False, text="Why?")
    return lambda: conversation.close(submission=submission, by=w.instructor)


@writes(drafts.save_comment)
def a_draft(w: World) -> Act:
    submission = _pushed(w)
    return lambda: _drafted(w, submission)


@writes(drafts.remove_comment)
def removing_a_draft(w: World) -> Act:
    submission = _pushed(w)
    uid, seen = _drafted(w, submission).comment.uid, drafts.Seen(None, 0)
    return lambda: drafts.remove_comment(submission=submission, by=w.instructor, uid=uid, removed=True, seen=seen)


@writes(drafts.carry_over)
def a_comment_carried_over(w: World) -> Act:
    submission = _pushed(w)
    return lambda: drafts.carry_over(submission=submission, by=w.instructor, words=WORDS)


@writes(publishing.publish)
def a_publication(w: World) -> Act:
    submission = _pushed(w)
    return lambda: publishing.publish(submission=submission, by=w.instructor, seen=0)


exempt("an empty draft is no fact; the change that it is made for has its line", drafts.locked)
