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
from xml.etree import ElementTree as ET

from kafedra.notebooks.highlighting import Colours, highlighted

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

PictureAddress = Callable[[str], str | None]

MAX_PROSE: Final = 50_000
_MAX_FORMULA: Final = 4_000
_MAX_NESTING: Final = 20
_LINEAR: Final = frozenset({"math", "mrow", "mstyle", "mi", "mn", "mo", "mtext", "mspace"})
_LINK: Final = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_CONTROL: Final = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)
# What latex2mathml writes, apart from attributes that style, link or run anything.
_ATTRIBUTES: Final = frozenset(
    "display columnalign columnlines columnspacing rowspacing rowlines frame displaystyle scriptlevel mathvariant "
    "mathsize stretchy fence form separator lspace rspace minsize maxsize movablelimits largeop accent accentunder "
    "linethickness width height depth voffset notation linebreak".split()
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


def plain_formula(source: str) -> str:
    """A formula in one line of plain text, as far as that can be read: σ(x), x^2; else an ellipsis."""
    math = _mathml(source.strip(), "inline")
    text = None if math is None else _in_line(math)
    return "…" if text is None else text


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
    markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, double_inline=True, renderer=formula)
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


def formula(content: str, options: Mapping[str, Any]) -> str:
    """MathML of a formula; what can't be read as one is shown as code."""
    display = "block" if options.get("display_mode") else "inline"
    source = content.strip()
    math = _mathml(source, display)
    if math is None:
        return f"<code>{html.escape(source)}</code>"
    for element in math.iter():
        for name in set(element.attrib) - _ATTRIBUTES - {"xmlns"}:
            del element.attrib[name]
    if display == "block":
        math.set("tabindex", "0")  # a wide formula scrolls, and a keyboard has to get there
    return ET.tostring(math, encoding="unicode")


def _mathml(source: str, display: str) -> ET.Element | None:
    """The formula as the converter reads it, or None."""
    from latex2mathml.converter import convert_to_element

    try:
        if len(source) > _MAX_FORMULA:
            raise ValueError("too long to be a formula")
        math: ET.Element = convert_to_element(source, display=display)
    except Exception:  # noqa: BLE001  # whatever a stranger's formula does to the converter
        return None
    for element in math.iter():
        # the converter writes entities into its texts and would print `\text{<b>}` as a tag
        element.text = html.unescape(element.text) if element.text else None
    return math


def _in_line(element: ET.Element) -> str | None:
    """The text of MathML that is one line but for powers and indices of one sign; None for anything else."""
    parts = [_in_line(child) for child in element]
    if any(part is None for part in parts):
        return None
    texts = [part for part in parts if part is not None]
    if element.tag in _LINEAR:
        return (element.text or "") + "".join(texts)
    mark = {"msup": "^", "msub": "_"}.get(element.tag)
    return f"{texts[0]}{mark}{texts[1]}" if mark and len(texts) == 2 and len(texts[1]) == 1 else None
