"""What `kafedra course check` says of texts: formulas that can't be read, figures and numbers that nobody makes.

Nothing is executed or drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kafedra.course import CourseError
from kafedra.course.problems import Problem
from kafedra.course.source import read_source
from kafedra.course.topics import TopicMaterials, load_topic, topic_folders
from kafedra.materials.markdown import render
from kafedra.materials.seminars import read_seminar, seminar_problems
from kafedra.materials.values import PLACE, unknown_formats
from kafedra.notebooks.formulas import mathml
from kafedra.notebooks.headings import anchor_of
from kafedra.notebooks.percent import BuildError
from kafedra.notebooks.tex import FormulaError

_CELL: Final = re.compile(r"#\s*%%(.*)")
_FENCE: Final = re.compile(r"\s*(```|~~~)")
_PICTURE: Final = re.compile(r"!\[([^\]]*)\]\((pictures/[^)\s]+\.svg)(?:\s[^)]*)?\)")
_CHAPTER: Final = re.compile(r"\]\(\.\./(\d{2}-[a-z0-9-]+)/lecture\.md(?:#([\w-]+))?\)")
_OWN_PLACE: Final = re.compile(r"\]\(#([\w-]+)\)")


def materials_problems(root: Path) -> tuple[Problem, ...]:
    """Problems of all texts of the course in `root`. It doesn't need a course that loads."""
    found = list[Problem]()
    for path in sorted((*root.rglob("*.md"), *root.rglob("*.py"), *root.rglob("*.toml"))):
        if not any(part.startswith((".", "_")) for part in path.relative_to(root).parts):
            found += _formulas(path, root)
    for folder in topic_folders(root):
        try:
            topic = load_topic(folder)
        except CourseError:
            continue  # told of elsewhere
        found += _topic(topic, root)
    return tuple(found)


def _formulas(path: Path, root: Path) -> Iterator[Problem]:
    if path.suffix == ".toml":
        yield from _formulas_of_toml(path, root)
        return
    text = path.read_text("utf-8", errors="replace")
    prose = _markdown_of(text) if path.suffix == ".py" else text
    for line, source, display in formulas_in(prose):
        if problem := _formula_problem(source, display):
            yield Problem(path.relative_to(root), line, "formula", source, problem)


def _formulas_of_toml(path: Path, root: Path) -> Iterator[Problem]:
    try:
        source = read_source(path, shown_from=root)
    except CourseError:
        return  # told of elsewhere
    for key, text in _texts(source.data, ()):
        for _, formula, display in formulas_in(text):
            if problem := _formula_problem(formula, display):
                yield source.problem(key, formula, problem)


def _texts(value: Any, key: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str) and key and key[-1] not in ("code", "output"):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*key, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*key, index))


def formulas_in(text: str) -> Iterator[tuple[int, str, bool]]:
    """Formulas of Markdown: the line, what stands between the dollars, whether it is displayed."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, double_inline=True)
    lines = text.split("\n")
    for token in markdown.parse(text):
        first, last = token.map or (0, 0)
        if token.type == "math_block":
            yield first + 1, token.content, True
        for child in token.children or ():
            if child.type.startswith("math_inline"):
                inside = (number for number in range(first, last) if child.content.split("\n")[0] in lines[number])
                yield next(inside, first) + 1, child.content, child.type.endswith("double")


def _formula_problem(source: str, display: bool) -> str:
    try:
        mathml(PLACE.sub("0", source), display=display)
    except FormulaError as error:
        return f"can't be read: {error}"
    return ""


def _markdown_of(source: str) -> str:
    """The text cells of a percent file, every line where it stands in the file."""
    inside, lines = False, list[str]()
    for line in source.split("\n"):
        if cell := _CELL.fullmatch(line):
            inside = "[markdown]" in cell[1] or "[md]" in cell[1]
            lines.append("")
        else:
            lines.append(line[1:].removeprefix(" ") if inside and line.startswith("#") else "")
    return "\n".join(lines)


def _topic(topic: TopicMaterials, root: Path) -> Iterator[Problem]:
    yield from seminar_problems(topic, root)
    if not topic.lecture.is_file():
        return
    text, shown = topic.lecture.read_text("utf-8"), topic.lecture.relative_to(root)
    if not text.lstrip().startswith("# "):
        yield Problem(shown, 1, "", None, "must begin with the chapter's title: # …")
    for line, form in unknown_formats(text):
        yield Problem(shown, line, "number", form, "no format that Python has: .2f, .0e, .1%, d")
    yield from _unknown_values(topic, text, shown)
    yield from _pictures(text, shown)
    yield from _references(topic, text, shown)


def _unknown_values(topic: TopicMaterials, text: str, shown: Path) -> Iterator[Problem]:
    try:
        source = "\n".join(cell.source for cell in read_seminar(topic).solved() if cell.kind == "code")
    except BuildError:
        return  # told of already
    set_there = set(re.findall(r"(?m)^[ \t]*([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s*(?::[^=\n]+)?=(?!=)", source))
    names = {name.strip() for one in set_there for name in one.split(",")}
    for found in PLACE.finditer(text):
        if found[1] not in names:
            line = text.count("\n", 0, found.start()) + 1
            yield Problem(shown, line, "number", found[1], "must be a variable that a cell of seminar.py sets")


def _pictures(text: str, shown: Path) -> Iterator[Problem]:
    for found in _PICTURE.finditer(text):
        if not found[1].strip():
            line = text.count("\n", 0, found.start()) + 1
            message = "must have words for who can't see it: ![what is to be seen](…)"
            yield Problem(shown, line, "figure", found[2], message)


def _references(topic: TopicMaterials, text: str, shown: Path) -> Iterator[Problem]:
    own = {heading.anchor for heading in render(text).headings}
    for found in _OWN_PLACE.finditer(text):
        if found[1] not in own:
            line = text.count("\n", 0, found.start()) + 1
            yield Problem(shown, line, "link", f"#{found[1]}", f"there is no such heading here: {_near(found[1], own)}")
    for found in _CHAPTER.finditer(text):
        other = topic.root.parent / found[1] / "lecture.md"
        if found[2] and other.is_file():
            there = {heading.anchor for heading in render(other.read_text("utf-8")).headings}
            if found[2] not in there:
                line = text.count("\n", 0, found.start()) + 1
                yield Problem(shown, line, "link", f"#{found[2]}", f"no such heading there: {_near(found[2], there)}")


def _near(anchor: str, known: set[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(anchor_of(anchor), sorted(known), n=1, cutoff=0.4)
    return f"did you mean '#{near[0]}'?" if near else ", ".join(sorted(known)[:8])
