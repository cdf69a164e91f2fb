"""What sets how everything computes holds when the solution is graded, as it does in the notebook."""

from __future__ import annotations

import decimal
import sys
from collections.abc import Iterator

import pytest
from tests.notebooks.working import extracted, run


@pytest.fixture(autouse=True)
def _kept() -> Iterator[None]:
    """What these notebooks set holds for the whole process."""
    limit, context = sys.getrecursionlimit(), decimal.getcontext().copy()
    yield
    sys.setrecursionlimit(limit)
    decimal.setcontext(context)


DEPTH = "def Layer(n=5000): return 0 if n == 0 else 1 + Layer(n - 1)"
THIRD = "def Layer(): return len(str(Decimal(1) / 3))"
SET = {
    "the depth of calls": (("import sys", "sys.setrecursionlimit(10**5)", DEPTH), 5000),
    "below the solution": (("import sys", DEPTH, "sys.setrecursionlimit(10**5)"), 5000),
    "by another name": (("from sys import setrecursionlimit as limit", "limit(100_000)", DEPTH), 5000),
    "digits": (("from decimal import Decimal, getcontext", "getcontext().prec = 40", THIRD), 42),
    "digits by the module": (
        ("import decimal\nDecimal = decimal.Decimal", "decimal.getcontext().prec = 40", THIRD),
        42,
    ),
}


@pytest.mark.parametrize(("cells", "answer"), SET.values(), ids=SET.keys())
def test_a_setting_is_taken_along(cells: tuple[str, ...], answer: int) -> None:
    assert run(*cells)["Layer"]() == answer


def test_it_belongs_to_every_name_and_nobody_falls_with_it() -> None:
    cells = ("import sys\nsys.setrecursionlimit(10**5)", "def f(): return 1", "def g(): return 2")
    module = extracted(*cells, required=("f", "g"))
    [setting] = module.optional
    assert all(setting in closure for closure in module.closures.values())


LEFT = {
    "a module that the solution does not use": "import numpy as np\nnp.seterr(all='raise')",
    "a value of the notebook": "import sys\nDEEP = train()\nsys.setrecursionlimit(DEEP)",
    "a namesake": "class sys:\n    setrecursionlimit = print\nsys.setrecursionlimit(5)",
    "something else": "import sys\nsys.exit(1)",
}


@pytest.mark.parametrize("cell", LEFT.values(), ids=LEFT.keys())
def test_nothing_else_comes_along(cell: str) -> None:
    assert extracted(cell, "def Layer(): return 1").text == "def Layer(): return 1\n"
