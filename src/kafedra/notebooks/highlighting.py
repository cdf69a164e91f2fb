"""Code in colours, by CSS classes."""

from __future__ import annotations

import functools
import html
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_HIGHLIGHTED: Final = 50_000
_KNOWN: Final = {
    "py": "python", "python": "python", "python3": "python", "ipython": "python", "pycon": "pycon", "text": "text",
    "bash": "bash", "sh": "bash", "console": "console", "json": "json", "toml": "toml", "diff": "diff", "c": "c",
    "cpp": "cpp", "sql": "sql", "yaml": "yaml", "latex": "latex", "tex": "latex",
}  # fmt: skip


def highlighted(source: str, language: str) -> str:
    """HTML of ``source``; a language that is not among the usual ones, or a text too long, stays plain."""
    name = _KNOWN.get(language.lower(), "text")
    if name == "text" or len(source) > MAX_HIGHLIGHTED:
        return f'<div class="highlight"><pre tabindex="0"><code>{html.escape(source)}</code></pre></div>\n'
    from pygments import highlight

    text: str = highlight(source, _lexer(name), _formatter())
    # a reader scrolls wide code by keyboard, so the block must take the focus
    return text.replace("<pre>", '<pre tabindex="0">', 1)


@functools.cache
def _lexer(name: str) -> Lexer:
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(name, stripnl=False)


@functools.cache
def _formatter() -> Any:
    from pygments.formatters import HtmlFormatter

    return HtmlFormatter(cssclass="highlight", wrapcode=True)
