"""Code in colours, by CSS classes, as far as it was written by hand.

Pygments takes quadratic time or worse for long runs of blank lines, digits or brackets, above all in C: what is
coloured is short, has short lines and no wide gaps, and a page has so much of it and no more. The rest is plain.
"""

from __future__ import annotations

import functools
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_HIGHLIGHTED: Final = 20_000
_MAX_OF_OTHERS: Final = 4_000
_MAX_LINE: Final = 500
_GAP: Final = re.compile(r"(?<!\s)\s{100}")
_IN_ALL: Final = 2_200_000_000
_KNOWN: Final = {
    "py": "python", "python": "python", "python3": "python", "ipython": "python", "pycon": "pycon", "text": "text",
    "bash": "bash", "sh": "bash", "console": "console", "json": "json", "toml": "toml", "diff": "diff", "c": "c",
    "cpp": "cpp", "sql": "sql", "yaml": "yaml", "latex": "latex", "tex": "latex",
}  # fmt: skip


@dataclass
class Colours:
    """What is left to be spent on colouring one page."""

    left: int = _IN_ALL

    def suffice(self, length: int) -> bool:
        """Whether a block so long may be coloured; then it is. The square stands for what Pygments may make of it."""
        cost = length * (length + 12_000)
        if cost > self.left:
            return False
        self.left -= cost
        return True


def highlighted(source: str, language: str, colours: Colours | None = None) -> str:
    """HTML of ``source``; it stays plain where its language is none of the usual, and where colours would be dear."""
    name = _KNOWN.get(language.lower(), "text")
    if name == "text" or not _written_by_hand(source, name) or not (colours or Colours()).suffice(len(source)):
        return f'<div class="highlight"><pre tabindex="0"><code>{html.escape(source)}</code></pre></div>\n'
    from pygments import highlight

    text: str = highlight(source, _lexer(name), _formatter())
    # a reader scrolls wide code by keyboard, so the block must take the focus
    return text.replace("<pre>", '<pre tabindex="0">', 1)


def _written_by_hand(source: str, name: str) -> bool:
    limit = MAX_HIGHLIGHTED if name == "python" else _MAX_OF_OTHERS
    if len(source) > limit or _GAP.search(source):
        return False
    return all(len(line) <= _MAX_LINE for line in source.split("\n"))


@functools.cache
def _lexer(name: str) -> Lexer:
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(name, stripnl=False)


@functools.cache
def _formatter() -> Any:
    from pygments.formatters import HtmlFormatter

    return HtmlFormatter(cssclass="highlight", wrapcode=True)
