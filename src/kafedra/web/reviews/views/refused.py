"""A comment that was not saved: the page that is the answer without a script has it as it was typed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kafedra.web.reviews.forms import CommentForm
from kafedra.web.reviews.models import Comment


@dataclass(frozen=True)
class Refused:
    """What was typed, and why it was not saved: `errors`, or a colleague's comment instead of it (`theirs`).

    `revision` is what the next try was typed over: with `theirs` shown, it is theirs.
    """

    uid: UUID
    cell: int
    text: str
    taken_off: str
    into_bank: bool
    bank_key: str
    revision: int
    errors: tuple[str, ...] = ()
    theirs: Comment | None = None


def refused(form: CommentForm, uid: UUID, theirs: Comment | None = None) -> Refused:
    """From the form as it was sent; what is no number in it is the whole work, or a new comment."""
    known, data = form.cleaned_data, form.data
    return Refused(
        uid=uid,
        cell=known.get("cell") or 0,
        text=data.get("text", ""),
        taken_off=data.get("taken_off", ""),
        into_bank=bool(known.get("into_bank")),
        bank_key=known.get("bank_key", ""),
        revision=theirs.revision if theirs else known.get("revision") or 0,
        errors=tuple(str(error) for errors in form.errors.values() for error in errors),
        theirs=theirs,
    )
