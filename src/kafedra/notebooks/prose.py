"""Markdown with formulas, written by people who may mean harm, as safe HTML.

Raw HTML is shown as text; links lead only to http(s) and mail; a picture is shown only when the caller
knows where it is; formulas become MathML with nothing in it but mathematics.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kafedra.notebooks.formulas import formula_html
from kafedra.notebooks.highlighting import Colours, highlighted
from kafedra.notebooks.words import words_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

PictureAddress = Callable[[str], str | None]

MAX_PROSE: Final = 50_000
_MAX_NESTING: Final = 20
_LINK: Final = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_CONTROL: Final = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)


def visible(text: str) -> str:
    """``text`` with the characters that turn or hide what follows them shown by number: ⟨U+202E⟩."""
    return text.translate({ord(found): f"⟨U+{ord(found):04X}⟩" for found in set(_CONTROL.findall(text))})


def render_prose(text: str, *, picture: PictureAddress | None = None, colours: Colours | None = None) -> str:
    """Safe HTML of ``text``; ``picture`` says where a picture named in it can be had, or None.

    What is longer than ``MAX_PROSE`` characters, or has lists and quotations in each other deeper than Markdown is
    read here, is shown as it was typed. ``colours`` are shared with the rest of the page.
    """
    source = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(source) > MAX_PROSE:
        return _as_typed(source)
    markdown, env = _markdown(), {"picture": picture, "colours": colours or Colours()}
    tokens = markdown.parse(source, env)
    if _is_cut(tokens):
        return _as_typed(source)
    rendered: str = markdown.renderer.render(tokens, markdown.options, env)
    return visible(rendered)  # entities (&#x202E;) have become characters only now


def prose_words(text: str) -> str:
    """The words of the same ``text`` in one line, such as what is found in it is shown by."""
    source = visible(text)
    return " ".join(source.split()) if len(source) > MAX_PROSE else words_of(_markdown().parse(source))


def _as_typed(source: str) -> str:
    return f'<pre class="as-typed">{html.escape(source)}</pre>\n'


def _is_cut(tokens: Sequence[Token]) -> bool:
    """Whether the parser has reached its limit: below it, it drops what there is without a word."""
    containers = ("list_item_open", "blockquote_open")
    return any(token.level >= _MAX_NESTING - 1 and token.type in containers for token in tokens)


@functools.cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    markdown = MarkdownIt("commonmark", {"html": False, "breaks": False}).enable(["table", "strikethrough"])
    markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, double_inline=True, renderer=_formula)
    markdown.options["maxNesting"] = _MAX_NESTING
    markdown.validateLink = _may_link  # type: ignore[method-assign,assignment]  # the documented way to set it
    markdown.add_render_rule("fence", _fence)
    markdown.add_render_rule("image", _image)
    markdown.add_render_rule("link_open", _link)
    markdown.add_render_rule("link_close", _link_end)
    markdown.add_render_rule("heading_open", _heading)
    markdown.add_render_rule("heading_close", _heading)
    return markdown


def _may_link(address: str) -> bool:
    """Pictures may also be files and attachments; `_link` is stricter."""
    scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", address, re.IGNORECASE)
    return scheme is None or scheme[1].lower() in {"http", "https", "mailto", "attachment"}


def _link(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    env["in_link"] = bool(_LINK.match(str(token.attrs.get("href", ""))))
    if not env["in_link"]:
        return ""  # an address inside our own site would act with the reader's rights: the words alone
    token.attrs = {"href": token.attrs["href"], "rel": "noopener noreferrer nofollow", "target": "_blank"}
    return self.renderToken(tokens, index, options, env)


def _link_end(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Links are never inside links, so there is only one to end."""
    return self.renderToken(tokens, index, options, env) if env.pop("in_link", False) else ""


def _heading(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Headings begin below those of the page."""
    token = tokens[index]
    token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
    return self.renderToken(tokens, index, options, env)


def _image(_self: Any, tokens: Sequence[Token], index: int, _options: Any, env: Mapping[str, Any]) -> str:
    token = tokens[index]
    named, words = str(token.attrs.get("src", "")), html.escape(token.content)
    address = env["picture"](named) if env.get("picture") else None
    if address is None:
        return f'<span class="no-picture">{words} <code>{html.escape(named[:200])}</code></span>'
    return f'<img src="{html.escape(address)}" alt="{words}" loading="lazy">'


def _fence(_self: Any, tokens: Sequence[Token], index: int, _options: Any, env: Mapping[str, Any]) -> str:
    token = tokens[index]
    return highlighted(token.content, token.info.strip().split(" ")[0][:20], env["colours"])


def _formula(content: str, options: Mapping[str, Any]) -> str:
    return formula_html(content, display=bool(options.get("display_mode")))
