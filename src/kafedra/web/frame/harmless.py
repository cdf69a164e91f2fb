"""Text that a spreadsheet must not take for a formula."""

from __future__ import annotations

import re

# With those of full width, which Excel reads as the plain ones.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # meant
_BEFORE = re.compile(r"\A(?:[^\S\t\r\n]|[\u200b-\u200d\u2060\ufeff\u00ad])*")


def harmless(text: str) -> str:
    """`text` as a spreadsheet must show it: whatever would start a formula gets an apostrophe before it.

    Spaces of any kind and width before it change nothing.
    """
    start = _BEFORE.sub("", text, count=1)
    return f"'{text}" if start.startswith(FORMULA_STARTS) else text
