"""The course's own Markdown as HTML: chapters, seminars, questions.

As safe as what strangers write is (no HTML passes through), and richer: headings that can be linked to, links inside
the course, figures in two themes, and blocks::

    ::: answer Почему?        folded; the words are its heading
    ::: misconception Имя     a wrong thought, named
    ::: example, ::: note     set apart
    ::: frames Подпись        the figures inside are steps of one picture, to leaf through
    :::
"""

from __future__ import annotations

import functools
import html
import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kafedra.notebooks.formulas import formula_html
from kafedra.notebooks.headings import anchor_of, free_anchor, plain
from kafedra.notebooks.highlighting import Colours, highlighted
from kafedra.notebooks.prose import visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

BLOCKS: Final = ("answer", "misconception", "example", "note", "frames")
_OUTSIDE: Final = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_CLOSING: Final = frozenset(".,;:!?)»…-‑")
_OPENING: Final = frozenset("(«")
_DASH: Final = "\u00a0—"  # never at the beginning of a line


@dataclass(frozen=True)
class Addresses:
    """Where things are on the pages. `picture` of `pictures/a.svg` is that of the light and that of the dark one."""

    picture: Callable[[str], tuple[str, str] | None] = lambda _: None
    link: Callable[[str], str | None] = lambda _: None


@dataclass(frozen=True)
class Heading:
    """A place of a page. `level` is 2 or 3; the title is plain text, its formulas as far as they can be read."""

    level: int
    anchor: str
    title: str


@dataclass
class Rendered:
    """Safe HTML with the headings in it."""

    html: str
    headings: list[Heading] = field(default_factory=list)


def render(text: str, addresses: Addresses | None = None, *, down: int = 0, inline: bool = False) -> Rendered:
    """Safe HTML of Markdown. `down`: by how many levels headings are lowered; `inline`: without a paragraph around."""
    env: dict[str, Any] = {"addresses": addresses or Addresses(), "down": down, "headings": [], "colours": Colours()}
    markdown = _markdown()
    source = visible(text.replace("\r\n", "\n"))
    rendered = markdown.renderInline(source, env) if inline else markdown.render(source, env)
    return Rendered(rendered, env["headings"])


def parsed(text: str) -> list[Token]:
    """What `render` renders, before that."""
    return _markdown().parse(visible(text.replace("\r\n", "\n")))


@functools.cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, double_inline=True, renderer=_formula)
    markdown.use(footnote_plugin)
    for name in BLOCKS:
        markdown.use(container_plugin, name=name, render=_block)
    markdown.core.ruler.push("figures", _figures_alone)
    markdown.core.ruler.push("together", _formulas_with_their_marks)
    for name, rule in {
        "fence": _fence, "image": _image, "link_open": _link, "link_close": _link_end, "heading_open": _heading,
        "math_inline": _inline_formula, "table_open": _table, "table_close": _table_end,
    }.items():  # fmt: skip
        markdown.add_render_rule(name, rule)
    return markdown


def _figures_alone(state: Any) -> None:
    """A paragraph of nothing but pictures has no paragraph around them."""
    for before, inline, after in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        kinds = {child.type for child in inline.children or ()} if inline.type == "inline" else set()
        if "image" in kinds and kinds <= {"image", "softbreak"} and before.type == "paragraph_open":
            before.hidden = after.hidden = True


def _formulas_with_their_marks(state: Any) -> None:
    """No line begins with the comma after a formula or with a dash, or ends with the bracket before a formula."""
    for inline in state.tokens:
        children = inline.children or ()
        for child in children:
            if child.type == "text":
                child.content = child.content.replace(" —", _DASH)
        for one, other in itertools.pairwise(children):
            if one.type == "math_inline" and other.type == "text":
                marks, rest = _split(other.content, _CLOSING)
                dash = _DASH if rest.startswith(_DASH) else ""
                one.meta["after"], other.content = marks + dash, rest.removeprefix(dash)
            elif one.type == "text" and other.type == "math_inline":
                before, rest = _split(one.content[::-1], _OPENING)
                other.meta["before"], one.content = before[::-1], rest[::-1]


def _split(text: str, marks: frozenset[str]) -> tuple[str, str]:
    """The marks that a text begins with, and the rest of it."""
    rest = text.lstrip("".join(marks))
    return text[: len(text) - len(rest)], rest


def _inline_formula(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """A formula and the marks beside it; browsers break lines at a formula whatever stands there."""
    token = tokens[index]
    before, after = (html.escape(str(token.meta.get(side, ""))) for side in ("before", "after"))
    formula = f'<span class="math inline">{_formula(token.content.strip(), {})}</span>'
    return f'<span class="together">{before}{formula}{after}</span>' if before or after else formula


def _formula(content: str, options: Mapping[str, Any]) -> str:
    return formula_html(content, display=bool(options.get("display_mode")))


def _fence(_self: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
    token = tokens[index]
    return highlighted(token.content, token.info.strip().split(" ")[0][:20], env["colours"])


def _image(_self: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
    token = tokens[index]
    words, named = html.escape(token.content), str(token.attrs.get("src", ""))
    title = html.escape(str(token.attrs.get("title", "")).replace(" —", _DASH))
    found = env["addresses"].picture(named)
    if found is None:
        return f'<span class="no-picture">{words}</span>'
    picture = themed(found[0], found[1], words)
    return f"<figure>{picture}<figcaption>{title}</figcaption></figure>" if title else picture


def themed(light: str, dark: str, words: str) -> str:
    """A picture in two themes; the page's style sheet shows one of them. `words` are safe HTML."""
    light, dark = html.escape(light), html.escape(dark)
    if light == dark:
        return f'<img src="{light}" alt="{words}" loading="lazy">'
    return (
        f'<img class="on-light" src="{light}" alt="{words}" loading="lazy">'
        f'<img class="on-dark" src="{dark}" alt="{words}" loading="lazy">'
    )


def _link(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    href = str(token.attrs.get("href", ""))
    if _OUTSIDE.match(href):
        token.attrs = {"href": href, "rel": "noopener noreferrer"}
    elif href.startswith("#"):
        token.attrs = {"href": href}
    elif address := env["addresses"].link(href):
        token.attrs = {"href": address}
    else:
        env.setdefault("dropped", []).append(True)
        return ""
    env.setdefault("dropped", []).append(False)
    return self.renderToken(tokens, index, options, env)


def _link_end(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return "" if env["dropped"].pop() else self.renderToken(tokens, index, options, env)


def _heading(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token, inline = tokens[index], tokens[index + 1]
    level = min(6, int(token.tag[1]) + env["down"])
    token.tag = tokens[index + 2].tag = f"h{level}"
    title = plain(inline)
    anchor = free_anchor(anchor_of(title), {one.anchor for one in env["headings"]})
    token.attrs = {"id": anchor}
    env["headings"].append(Heading(level, anchor, title))
    return self.renderToken(tokens, index, options, env)


def _table(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return f'<div class="wide" tabindex="0">{self.renderToken(tokens, index, options, env)}'


def _table_end(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return f"{self.renderToken(tokens, index, options, env)}</div>"


def _block(_self: Any, tokens: Sequence[Token], index: int, _options: Any, env: Any) -> str:
    token = tokens[index]
    kind, _, words = token.info.strip().partition(" ")
    open_blocks: list[tuple[str, str]] = env.setdefault("blocks", [])
    if token.nesting < 0:
        kind, heading = open_blocks.pop()
        if kind == "frames":
            return f"</div><figcaption>{heading}</figcaption></figure>\n"
        return "</div></details>\n" if kind == "answer" else "</section>\n"
    apart = {name: kept for name, kept in env.items() if name != "footnotes"} | {"headings": []}
    heading = _markdown().renderInline(words, apart) if words else ""
    open_blocks.append((kind, heading))
    if kind == "frames":
        return '<figure class="frames" data-frames><div class="strip" tabindex="0">\n'
    if kind == "answer":
        return f'<details class="answer"><summary>{heading or "…"}</summary><div>\n'
    title = f'<p class="block-title">{heading}</p>' if heading else ""
    return f'<section class="block {kind}">{title}\n'
