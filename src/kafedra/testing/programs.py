"""The judge's side of :func:`kafedra.testing.probing.program`: how a program ended and what it wrote."""

from __future__ import annotations

import re
from typing import Any, Final

from kafedra.testing import values
from kafedra.testing.failing import fail
from kafedra.testing.wording import say

_KEYS: Final = {"status", "out", "err"}
_NUMBER: Final = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?|[-+]?(nan|inf)", re.IGNORECASE)
_MOST_LINES: Final = 8
_LONGEST: Final = 200


def program(run: Any, *, status: int = 0, call: str, why: str = "") -> dict[str, str]:
    """What the program wrote, ``out`` and ``err``, once it is seen to have ended with ``status``."""
    if type(run) is not dict or run.keys() != _KEYS or type(run["out"]) is not str or type(run["err"]) is not str:
        fail(say("not_run", call=call, kind=values.describe(run)), why=why)
    found = run["status"]
    if found is None:
        fail(say("no_end", call=call), why=why, details=_said(run["err"]))
    if type(found) is not int or found != status:
        key, number = ("signal", -found) if type(found) is int and found < 0 else ("status", values.describe(found))
        number = found if type(found) is int and found >= 0 else number
        fail(say(key, call=call, got=number, want=status), why=why, details=_said(run["err"]))
    return {"out": run["out"], "err": run["err"]}


def numbers(text: Any, *, call: str, why: str = "") -> list[float]:
    """The numbers that stand in a text, separated by blanks and line ends, and nothing else does."""
    if type(text) is not str:
        fail(say("not_text", call=call, kind=values.describe(text)), why=why)
    for word in text.split():
        if not _NUMBER.fullmatch(word):
            fail(say("no_number_in", call=call, word=word[:_LONGEST]), why=why)
    return [float(word) for word in text.split()]


def _said(err: str) -> list[str]:
    """The beginning of what stood on standard error."""
    lines = [line[:_LONGEST] for line in err.strip().splitlines()]
    more = ["…"] if len(lines) > _MOST_LINES else []
    return lines[:_MOST_LINES] + more
