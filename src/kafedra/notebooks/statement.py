"""A notebook of the course as HTML, for a page: prose, formulas as MathML, highlighted code, pictures inlined."""

from __future__ import annotations

import base64
import functools
import mimetypes
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kafedra.course import Assignment, Language
from kafedra.notebooks.authoring import ANSWER_TAG, solution_cells, student_cells
from kafedra.notebooks.building import source_cells
from kafedra.notebooks.formulas import formula_html
from kafedra.notebooks.given import data_files, solved_cells
from kafedra.notebooks.headings import anchor_of, free_anchor, plain
from kafedra.notebooks.percent import FOLDED_TAG, SOLUTION_TAG, Cell
from kafedra.notebooks.pictures import FOLDER, draw_pictures

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

_LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    ANSWER_TAG: {"ru": "Здесь пишете вы", "en": "You write here"},
    SOLUTION_TAG: {"ru": "Решение", "en": "Solution"},
}
ANCHORS: Final = "says-"  # before the name of each heading: a page has names of its own
_FOLDED: Final[Mapping[str, str]] = {"ru": "Показать код", "en": "Show the code"}


def render_statement(assignment: Assignment, language: Language = "ru") -> str:
    """Safe HTML of what the student is asked; ``language`` is that of the few words around it.

    Raw HTML in the source is shown as text, links other than http(s), mailto and relative ones are
    dropped. Raises ``BuildError`` as a build does.
    """
    return _page(assignment, student_cells(source_cells(assignment), assignment.language), language)


def render_solution(assignment: Assignment, language: Language = "ru") -> str:
    """The same page with the answers in their places, as safe. Raises ``BuildError`` as a build does."""
    return _page(assignment, (*solution_cells(source_cells(assignment)), *solved_cells(assignment)), language)


def _page(assignment: Assignment, cells: Sequence[Cell], language: Language) -> str:
    pictures = {f"{FOLDER}/{name}": data for name, data in draw_pictures(assignment.root).items()}
    pictures |= {name: data for name, data in data_files(assignment).items() if _mime(name)}
    return _rendered(cells, tuple(pictures.items()), language)


@functools.lru_cache(maxsize=32)
def _rendered(cells: Sequence[Cell], pictures: tuple[tuple[str, bytes], ...], language: Language) -> str:
    markdown, anchors = _markdown(dict(pictures)), set[str]()
    parts = [
        _prose(markdown, cell, language, anchors) if cell.kind == "markdown" else _code(cell, language)
        for cell in cells
    ]
    return "\n".join(part for part in parts if part)


def _prose(markdown: MarkdownIt, cell: Cell, language: Language, anchors: set[str]) -> str:
    text = markdown.render(cell.source, {"anchors": anchors})
    if SOLUTION_TAG in cell.tags:
        return f'<section class="cell prose answer">\n{_label(cell, language)}{text}</section>'
    return f'<section class="cell prose">\n{text}</section>'


def _code(cell: Cell, language: Language) -> str:
    if not cell.source.strip():
        return ""
    if label := _label(cell, language):
        return f'<section class="cell code answer">\n{label}{_highlighted(cell.source, "python")}</section>'
    if FOLDED_TAG in cell.tags:
        folded = f"<details>\n<summary>{_FOLDED[language]}</summary>\n{_highlighted(cell.source, 'python')}</details>"
        return f'<section class="cell code folded">\n{folded}\n</section>'
    return f'<section class="cell code">\n{_highlighted(cell.source, "python")}</section>'


def _label(cell: Cell, language: Language) -> str:
    tag = next((tag for tag in _LABELS if tag in cell.tags), None)
    return f'<p class="cell-label">{_LABELS[tag][language]}</p>\n' if tag else ""


def _highlighted(source: str, language: str) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    # a reader scrolls wide code by keyboard, so the block must take the focus
    text: str = highlight(source, lexer, HtmlFormatter(cssclass="highlight", wrapcode=True))
    return text.replace("<pre>", '<pre tabindex="0">', 1)


def _markdown(pictures: Mapping[str, bytes]) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    markdown = MarkdownIt("commonmark", {"html": False, "highlight": None}).enable(["table", "strikethrough"])
    markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, double_inline=True, renderer=_formula)
    markdown.add_render_rule("fence", _fence)
    markdown.add_render_rule("heading_open", _heading)

    def inlined(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        source = str(tokens[index].attrs.get("src", ""))
        if source in pictures:
            encoded = base64.b64encode(pictures[source]).decode()
            tokens[index].attrs["src"] = f"data:{_mime(source) or 'image/png'};base64,{encoded}"
        return self.image(tokens, index, options, env)

    markdown.add_render_rule("image", inlined)
    return markdown


def _mime(name: str) -> str:
    """The kind of picture that a file's name promises; empty for what is none."""
    found = mimetypes.guess_type(name)[0] or ""
    return found if found.startswith("image/") else ""


def _fence(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    token = tokens[index]
    return _highlighted(token.content, token.info.strip().split(" ")[0])


def _heading(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    anchor = free_anchor(anchor_of(plain(tokens[index + 1])), env["anchors"])
    env["anchors"].add(anchor)
    tokens[index].attrSet("id", f"{ANCHORS}{anchor}")
    return self.renderToken(tokens, index, options, env)


def _formula(content: str, options: Mapping[str, Any]) -> str:
    return formula_html(content, display=bool(options.get("display_mode")))
