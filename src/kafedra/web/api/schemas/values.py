"""Values that many answers have: exact numbers as JSON writes them, words of a fixed list."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator

from kafedra.web.frame.numbers import shown
from kafedra.web.people.models import Role
from kafedra.web.submissions.models import State


def _number(value: Any) -> Any:
    """An exact number as JSON writes it; of a fraction as many decimals as pages show."""
    if isinstance(value, Fraction):
        value = shown(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


if TYPE_CHECKING:
    Number = Decimal | Fraction | float | int
    RoleName = str
    StateName = str
else:  # what mypy sees is what is given to them, what the document says is what comes out
    Number = Annotated[float | int, BeforeValidator(_number)]
    RoleName = Literal[tuple(Role.values)]
    StateName = Literal[tuple(State.values)]
