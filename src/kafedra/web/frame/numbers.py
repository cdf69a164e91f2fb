"""How exact numbers are shown: one rule, so that what a page shows adds up.

Points are shown with every decimal they have, up to four: thousandths of a point stay exact after a penalty in tens of
per cent. What follows from two shown numbers is computed from them as they are shown. Exports hold the exact values.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils import formats

from kafedra import policy

Exact = Decimal | Fraction | int
DECIMALS = 4


def shown(value: Exact, places: int = DECIMALS) -> Decimal:
    """`value` as pages show it."""
    return policy.quantize(value, places)


def written(value: Exact, places: int = DECIMALS, separator: str = "") -> str:
    """`value` with as many decimals as it needs and at most `places`; `separator` is the language's unless given."""
    text = format(shown(value, places), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", separator or formats.get_format("DECIMAL_SEPARATOR"))


def difference(before: Exact, after: Exact) -> Decimal:
    """What lies between two numbers that are shown beside it; negative for a loss."""
    return shown(after) - shown(before)


def missing(standing: policy.Standing) -> Decimal:
    """How far O_hw is from the automat: with the O_hw that is shown it makes the threshold."""
    return difference(standing.homework, standing.homework + (standing.missing_for_automat or 0))
