"""The bank's Markdown as typst. What has no rule here is refused with its name: nothing is left out in silence."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from kafedra.exam.formulas import quoted, typst_formula
from kafedra.notebooks.tex import FormulaError

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_AROUND: Final = {
    "paragraph_open": "#block[", "paragraph_close": "]\n", "strong_open": "#strong[", "strong_close": "]",
    "em_open": "#emph[", "em_close": "]", "bullet_list_open": "#list(tight: true, ", "bullet_list_close": ")\n",
    "ordered_list_close": ")\n", "list_item_open": "[", "list_item_close": "], ", "softbreak": " ",
    "blockquote_open": "#quote(block: true)[", "blockquote_close": "]\n", "hardbreak": "#linebreak()",
    "s_open": "#strike[", "s_close": "]",
}  # fmt: skip


class CannotPrint(ValueError):
    """A text has something that a sheet can't show; the message says what."""


Picture = Callable[[str], bytes | None]  # the SVG of `pictures/name.svg`; None where there is none


def typst_prose(text: str, picture: Picture = lambda _: None) -> str:
    """Markdown with formulas and pictures as content of typst. Raises CannotPrint."""
    return _all(_markdown().parse(text), picture)


def pictures_in(text: str) -> list[str]:
    """The addresses of the pictures that a text shows."""
    tokens = (one for token in _markdown().parse(text) for one in token.children or ())
    return [str(one.attrs["src"]) for one in tokens if one.type == "image"]


def formulas_in(text: str) -> list[tuple[str, bool]]:
    """Every formula of a text, and whether it stands on lines of its own."""
    tokens = (one for token in _markdown().parse(text) for one in (token, *(token.children or ())))
    return [(one.content, one.type != "math_inline") for one in tokens if one.type.startswith("math_")]


@functools.cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, double_inline=True)


def _token(token: Token, picture: Picture) -> str:
    if token.type == "inline":
        return _all(token.children or (), picture)
    if token.type in _AROUND:
        return _AROUND[token.type]
    match token.type:
        case "text":
            return f"#{quoted(token.content)}" if token.content else ""
        case "code_inline":
            return f"#raw({quoted(token.content)})"
        case "fence" | "code_block":
            return _code(token)
        case "ordered_list_open":
            return f"#enum(tight: true, start: {int(token.attrs.get('start', 1))}, "
        case "math_inline" | "math_inline_double" | "math_block":
            return _formula(token.content, display=token.type != "math_inline")
        case "image":
            return _picture(token, picture)
    what = {"link_open": "a link", "heading_open": "a heading", "table_open": "a table"}
    raise CannotPrint(f"{what.get(token.type, token.type)} can't be printed on a sheet of the exam")


def _all(tokens: Sequence[Token], picture: Picture) -> str:
    return "".join(_token(token, picture) for token in tokens)


def _picture(token: Token, picture: Picture) -> str:
    """As large as it was drawn, and never wider than the page; its title below it."""
    address, title = str(token.attrs.get("src", "")), str(token.attrs.get("title", ""))
    drawn = picture(address)
    if drawn is None:
        raise CannotPrint(f"the picture {address} can't be printed: no pictures.py of its topic has drawn it")
    below = f" #linebreak() #text(size: 9pt, {quoted(title)})" if title else ""
    return f'#align(center)[#image(bytes({quoted(drawn.decode())}), format: "svg"){below}]'


def _formula(source: str, *, display: bool) -> str:
    try:
        return typst_formula(source, display=display)
    except FormulaError as error:
        raise CannotPrint(f"the formula ${source}$ can't be printed: {error}") from None


def _code(token: Token) -> str:
    lines = "\\n".join(quoted(line)[1:-1] for line in token.content.rstrip("\n").split("\n"))
    language = token.info.strip().split(" ")[0]
    named = f", lang: {quoted(language)}" if language else ""
    return f'#raw("{lines}", block: true{named})\n'
