"""Marks, as they are read and entered."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from kafedra.web.api.schemas.people import PersonOut
from kafedra.web.api.schemas.values import Number


class MarkOut(Schema):
    """One student's mark; no value: there is none yet."""

    student: PersonOut
    value: Number | None
    why: str
    given_by: str = Field(description=gettext_noop("who entered it; empty while there is none"))
    given_at: datetime | None


class MarksOut(Schema):
    """A mark of the run's formula, and what students have; by login."""

    name: str
    title: str
    unit: Literal["points", "percent"]
    most: Number
    items: list[MarkOut]
    next: str | None = Field(description=gettext_noop("the cursor of the page after; null: this is the last"))


NO_NUL = r"^[^\x00]*$"  # which PostgreSQL can't keep
_PLACES = Decimal("1e-9")
_MOST = 1_000_000


def _to_nine_places(value: Any) -> Any:
    """A number of JSON is binary: 0.07 · 3 comes as 0.21000000000000002, and 0.21 is meant."""
    return Decimal(repr(value)).quantize(_PLACES) if isinstance(value, float) and 0 <= value <= _MOST else value


# Bounded before it is looked at: 1e999999 is a million digits.
MarkIn = Annotated[
    Decimal,
    BeforeValidator(_to_nine_places),
    Field(ge=0, le=_MOST, max_digits=16, decimal_places=9),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": _MOST},
                {"type": "string", "pattern": "^[0-9]{1,6}([.][0-9]{1,9})?$"},
            ]
        }
    ),
]


class MarksIn(Schema):
    """Marks by login; null takes one away. Who isn't named keeps what there is."""

    model_config = ConfigDict(extra="forbid")

    marks: dict[str, MarkIn | None] = Field(
        min_length=1, max_length=1000, description=gettext_noop("by login; null takes the mark away")
    )
    why: str = Field(
        default="",
        max_length=500,
        pattern=NO_NUL,
        description=gettext_noop("the reason; needed where a mark is replaced"),
    )


class EnteredOut(Schema):
    """What came of it."""

    changed: int = Field(description=gettext_noop("how many marks are others now"))
    items: list[MarkOut]
