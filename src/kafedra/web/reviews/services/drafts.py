"""Writes of the reviewer: the draft with its comments.

Words are saved every few seconds as they are typed. The record gets a line when a comment is begun, when another
opening of the page changes it (somebody else's always is another one), when its points change, when it is removed or
put back: not for each save. No line of a draft concerns the student.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from kafedra.web import clock
from kafedra.web.people.models import User
from kafedra.web.record.services import Value
from kafedra.web.record.verbs import Verb
from kafedra.web.reviews import verbs
from kafedra.web.reviews.models import Comment, Review
from kafedra.web.reviews.recording import record
from kafedra.web.reviews.services import claims
from kafedra.web.submissions.models import Submission


class ForeignComment(Exception):
    """The uid belongs to a comment on another submission."""


class CommentConflict(Exception):
    """The comment was changed by somebody else since it was read; `theirs` is what it is now."""

    def __init__(self, theirs: Comment) -> None:
        super().__init__(str(theirs.uid))
        self.theirs = theirs


@dataclass(frozen=True)
class Words:
    """What a reviewer typed into one comment; `repeats` is the uid of the comment that a new one repeats."""

    cell: int
    text: str
    taken_off: Decimal = Decimal(0)
    into_bank: bool = False
    bank_key: str = ""
    repeats: UUID | None = None


@dataclass(frozen=True)
class Seen:
    """What the page knew when it saved: the revision of the comment (0: a new one, None: any) and that of the draft.

    `page` names one opening of the page. Its own saves never conflict, even when an answer was lost on the way.
    """

    comment: int | None
    draft: int
    page: str = ""


@dataclass(frozen=True)
class Saved:
    """What was stored. `seen` is the revision of the draft that the page now knows in full.

    `moved`: there are changes of somebody else that the page hasn't shown. `claimed`: the work is the author's now.
    """

    comment: Comment
    seen: int
    moved: bool = False
    claimed: bool = False


@transaction.atomic
def save_comment(*, submission: Submission, by: User, uid: UUID, words: Words, seen: Seen) -> Saved:
    """Store a comment of the draft, a new one or a changed one.

    Whoever writes first claims the work, if nobody has it. Raises CommentConflict and changes nothing when
    somebody else changed this comment meanwhile; saving the same words twice is no conflict. Raises ForeignComment.
    """
    review = locked(submission)
    comment = _own(review, uid)
    if comment is None:
        comment = Comment(review=review, uid=uid, author=by, revision=0, repeats=words.repeats)
    elif _same(comment, words):
        return Saved(comment, seen.draft)
    elif _moved_on(comment, seen):
        raise CommentConflict(comment)
    before = _recorded(comment) if comment.revision else {}
    another_sitting = not seen.page or seen.page != comment.page or comment.removed
    comment.cell, comment.text, comment.taken_off = words.cell, words.text, words.taken_off
    comment.into_bank, comment.bank_key, comment.removed = words.into_bank, words.bank_key, False
    comment.revision, comment.page = comment.revision + 1, seen.page
    comment.changed_by, comment.changed_at = by, clock.now()
    comment.save()
    if not before:
        _record(verbs.COMMENT_DRAFTED, comment, submission, by, {}, _recorded(comment))
    elif another_sitting or before["taken_off"] != comment.taken_off:
        _record(verbs.COMMENT_REDRAFTED, comment, submission, by, before, _recorded(comment))
    claimed = claims.keep(repository=submission.repository, by=by)
    return replace(_moved(comment, review, by, seen.draft), claimed=claimed)


def _same(comment: Comment, words: Words) -> bool:
    return not comment.removed and (comment.text, comment.taken_off, comment.cell, comment.into_bank) == (
        words.text,
        words.taken_off,
        words.cell,
        words.into_bank,
    )


def _own(review: Review, uid: UUID) -> Comment | None:
    """The comment of the draft with this uid, if there is one. Raises ForeignComment."""
    comment = Comment.objects.filter(uid=uid).first()
    if comment is not None and comment.review_id != review.pk:
        raise ForeignComment
    return comment


def _moved_on(comment: Comment, seen: Seen) -> bool:
    """Whether another page has changed the comment since."""
    return seen.comment not in (None, comment.revision) and (comment.page != seen.page or not seen.page)


@transaction.atomic
def remove_comment(*, submission: Submission, by: User, uid: UUID, removed: bool, seen: Seen) -> Saved:
    """Take a comment out of the draft, or put it back. Raises Comment.DoesNotExist.

    Raises CommentConflict when somebody else has changed what is to be removed. What is removed no page goes on
    changing unasked, not even the one that wrote it.
    """
    review = locked(submission)
    comment = Comment.objects.get(review=review, uid=uid)
    if comment.removed == removed:
        return Saved(comment, seen.draft)
    if removed and _moved_on(comment, seen):
        raise CommentConflict(comment)
    comment.removed, comment.changed_by, comment.changed_at = removed, by, clock.now()
    comment.revision, comment.page = comment.revision + 1, "" if removed else seen.page
    comment.save()
    verb = verbs.COMMENT_REMOVED if removed else verbs.COMMENT_RESTORED
    told = _recorded(comment)
    _record(verb, comment, submission, by, told if removed else {}, {} if removed else told)
    return _moved(comment, review, by, seen.draft)


@transaction.atomic
def carry_over(*, submission: Submission, by: User, words: Words) -> Comment:
    """Repeat a comment on another submission (`words.repeats`) in the draft about `submission`, once."""
    review = locked(submission)
    known = review.comments.filter(removed=False, repeats=words.repeats).first() if words.repeats else None
    if known is not None:
        return known
    return save_comment(submission=submission, by=by, uid=uuid4(), words=words, seen=Seen(0, -1)).comment


def locked(submission: Submission) -> Review:
    """The draft about `submission`, made if need be; nobody else changes it until the transaction ends."""
    Review.objects.get_or_create(submission=submission)
    # of itself: PostgreSQL can't lock whoever changed it last, who may be nobody
    return Review.objects.select_for_update(of=("self",)).select_related("changed_by").get(submission=submission)


def _moved(comment: Comment, review: Review, by: User, seen: int) -> Saved:
    """Count one change. The page that made it knows the draft in full only if it did before."""
    Review.objects.filter(pk=review.pk).update(revision=F("revision") + 1, changed_by=by, changed_at=clock.now())
    known = review.revision == seen
    return Saved(comment, review.revision + 1 if known else seen, moved=not known)


def _recorded(comment: Comment) -> dict[str, Value]:
    return {"cell": comment.cell, "text": comment.text, "taken_off": comment.taken_off}


def _record(
    verb: Verb,
    comment: Comment,
    submission: Submission,
    by: User,
    before: Mapping[str, Value],
    after: Mapping[str, Value],
) -> None:
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    record(
        who=by, verb=verb, about=comment, repository=submission.repository,
        before={name: value for name, value in before.items() if name in changed},
        after={name: value for name, value in after.items() if name in changed},
    )  # fmt: skip
