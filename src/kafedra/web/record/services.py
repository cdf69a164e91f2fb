"""Writing the record: one function, called by every service inside its own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models, transaction

from kafedra.web.frame.searching import folded
from kafedra.web.record.models import Entry
from kafedra.web.record.names import name_of
from kafedra.web.record.verbs import Verb

if TYPE_CHECKING:
    from kafedra.web.people.models import User
    from kafedra.web.runs.models import Run

Value = str | int | bool | Decimal | datetime | date | None | list[str]
LONGEST_LABEL = 240


def note(
    *,
    who: User | None,
    verb: Verb,
    about: models.Model | None,
    label: str = "",
    run: Run | None = None,
    concerns: User | None = None,
    before: Mapping[str, Value] | None = None,
    after: Mapping[str, Value] | None = None,
    why: str = "",
) -> Entry:
    """Add one line to the record.

    `who` None is the server itself; `about` is the row that was written (None: no single one), `label` what people
    call it; `concerns` is whose points or rights it touches. `before` and `after` hold only what changed, never a
    secret. Raises RuntimeError outside a transaction: a write and its line are kept or lost together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the record is written in the transaction of the write that it tells of")
    label = (label or ("" if about is None else str(about)))[:LONGEST_LABEL]
    return Entry.objects.create(
        who=who,
        run=run,
        verb=verb,
        kind="" if about is None else name_of(about),
        object_id="" if about is None else str(about.pk),
        label=label,
        concerns=concerns,
        before=_plain(before),
        after=_plain(after),
        why=why,
        text=_searched(label, why, who, concerns),
    )


def _plain(values: Mapping[str, Value] | None) -> dict[str, object]:
    return {name: _one(value) for name, value in (values or {}).items()}


def _one(value: Value) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _searched(label: str, why: str, *people: User | None) -> str:
    names = [f"{person.display_name} {person.username}" for person in people if person is not None]
    return folded(" ".join([label, why, *names]))
