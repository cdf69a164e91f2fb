"""What tests say, in the other language: `tests/en.toml` beside tests that are written in Russian.

A test keeps its words where it uses them, and the file has the same in the other language by them:

    keep = ["тысяча"]  # data, not words: stays as it is

    [words]
    "вход возвращён без изменений" = "the input is returned as it came"
    "{call}: вес {name} изменён" = "{call}: the weight {name} has changed"

What is in braces stands in both as it stands in the test. Of a test's docstring the title and each paragraph of the
hint are phrases, a paragraph on one line however the test breaks it; one that has both languages itself has none.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from pydantic import Field

from kafedra.course.assignment import Assignment, read_assignment
from kafedra.course.fields import FileModel, Many
from kafedra.course.problems import CourseError, Problem
from kafedra.course.python import parse_python, read_python
from kafedra.course.source import read_model
from kafedra.course.text import Language

_CYRILLIC: Final = re.compile(r"[а-яё]", re.IGNORECASE)
_BOTH: Final = re.compile(r"^\s*(ru|en):", re.MULTILINE)
_BRACES: Final = re.compile(r"\{\{|\}\}|[{}]")
_Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module


class Translation(FileModel):
    """`words` by what the tests say; `keep` is data that looks like words."""

    words: dict[str, str] = Field(default_factory=dict)
    keep: Many[str] = ()

    def part_for(self, texts: Iterable[str]) -> str:
        """A file with what these Python files say and nothing else; empty if they say nothing that is translated."""
        said = {phrase.text for text in texts for phrase in phrases(ast.parse(text))}
        lines = [f"{_quoted(text)} = {_quoted(other)}" for text, other in self.words.items() if text in said]
        return "\n".join(["[words]", *lines, ""]) if lines else ""


@dataclass(frozen=True)
class Phrase:
    """One text of a test; `fields` are its parts in braces, as they stand there."""

    text: str
    line: int
    fields: tuple[str, ...] = ()


def translation_file(folder: Path, language: Language) -> Path:
    """Where the words of the tests of the assignment in `folder` stand in `language`."""
    return folder / "tests" / f"{language}.toml"


def translation_of(assignment: Assignment, language: Language) -> Translation | None:
    """The words of the tests in `language`; None: they are written in it, or nobody has translated them.

    Raises CourseError if the file can't be read.
    """
    path = translation_file(assignment.root, language)
    if language == assignment.language or not path.is_file():
        return None
    return read_model(path, Translation, shown_from=assignment.root)[1]


def phrases(tree: ast.Module) -> Iterator[Phrase]:
    """Every text of a file of tests but comments, the docstrings of others than tests, and what decorators say."""
    for node in _speaking(tree):
        if isinstance(node, ast.FunctionDef):
            yield from (Phrase(text, node.lineno) for text in _documentation(node))
        elif isinstance(node, ast.JoinedStr):
            yield Phrase(_template(node), node.lineno, tuple(map(_field, _fields(node))))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield Phrase(node.value, node.lineno)


def translate(tree: ast.Module, words: Mapping[str, str]) -> None:
    """Put the translation of each phrase in its place; what has none stays as it is."""
    for node in list(_speaking(tree)):
        if isinstance(node, ast.FunctionDef):
            texts = [words.get(text, text) for text in _documentation(node)]
            _docstring_of(node).value = "\n\n".join(texts)  # type: ignore[union-attr]  # it has one, since it speaks
        elif isinstance(node, ast.JoinedStr):
            if (other := words.get(_template(node))) is not None:
                node.values = list(_filled(node, other))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = words.get(node.value, node.value)
    ast.fix_missing_locations(tree)


def translation_problems(assignment: Assignment) -> Iterator[Problem]:
    """What a file of words lacks, has too much of, or says with other fields than the test does."""
    for language in get_args(Language):
        if language == assignment.language or not translation_file(assignment.root, language).is_file():
            continue
        try:
            yield from _problems(assignment, language)
        except CourseError as error:
            yield from error.problems


def _problems(assignment: Assignment, language: Language) -> Iterator[Problem]:
    shown = Path("tests", f"{language}.toml")
    source, translation = read_model(assignment.root / shown, Translation, shown_from=assignment.root)
    said: dict[str, Phrase] = {}
    for path in sorted(assignment.tests_dir.glob("*.py")):
        place = path.relative_to(assignment.root)
        for phrase in phrases(parse_python(read_python(path, place), place)):
            known = phrase.text in translation.words or phrase.text in translation.keep or phrase.text in said
            if not known and assignment.language == "ru" and _CYRILLIC.search(_without_fields(phrase)):
                yield Problem(
                    place, phrase.line, "", phrase.text, f"is not in {shown.as_posix()}: under [words] or in keep"
                )
            said.setdefault(phrase.text, phrase)
    for text, other in translation.words.items():
        if text not in said:
            yield source.problem(("words", text), text, "no test says it (any more)")
        elif message := _misfit(said[text], other, language):
            yield source.problem(("words", text), other, message)
    for number, text in enumerate(translation.keep):
        if text not in said:
            yield source.problem(("keep", number), text, "is in no test (any more)")
    if language == "en":
        yield from _russian_hints(assignment)
        yield from _russian_errors(assignment)


def _russian_hints(assignment: Assignment) -> Iterator[Problem]:
    source, _ = read_assignment(assignment.root, shown_from=assignment.root)
    for number, ban in enumerate(assignment.forbidden):
        if ban.hint and _CYRILLIC.search(ban.hint.en):
            message = 'must be in both languages, as the tests are: { ru = "…", en = "…" }'
            yield source.problem(("forbidden", number, "hint"), ban.hint.en, message)


def _russian_errors(assignment: Assignment) -> Iterator[Problem]:
    """What a probe raises, runs beside the student's code, and nobody translates there."""
    shown = Path("probes.py")
    for node in ast.walk(parse_python(read_python(assignment.probes, shown), shown)):
        for part in ast.walk(node) if isinstance(node, ast.Raise) else ():
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and _CYRILLIC.search(part.value):
                message = "is the same in a report of either language: say it in code, or let the test say it"
                yield Problem(shown, part.lineno, "raise", part.value, message)


def _misfit(phrase: Phrase, other: str, language: Language) -> str:
    """What is wrong with a translation; empty if nothing."""
    rest = _split(phrase.fields, other)[::2] if phrase.fields else [other]
    if language == "en" and _CYRILLIC.search("".join(rest)):
        return "has Russian letters; what is not to be translated belongs into keep"
    if phrase.fields and any(brace in "{}" for part in rest for brace in _BRACES.findall(part)):
        return f"has braces that the test doesn't have there: {', '.join(phrase.fields)}"
    return ""


def _speaking(tree: ast.Module) -> Iterator[ast.AST]:
    """Tests with a docstring, and texts outside of docstrings, decorators and longer texts."""
    silent = {id(doc) for node in ast.walk(tree) if isinstance(node, _Documented) and (doc := _docstring_of(node))}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            silent |= {id(part) for decorator in node.decorator_list for part in ast.walk(decorator)}
        if isinstance(node, ast.JoinedStr):
            silent |= {id(part) for part in node.values if isinstance(part, ast.Constant)}
            silent |= {id(part) for field in _fields(node) if field.format_spec for part in ast.walk(field.format_spec)}
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            doc = _docstring_of(node)
            if doc is not None and not _BOTH.search(str(doc.value)):
                yield node
        elif isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in silent:
            yield node


def _docstring_of(node: _Documented) -> ast.Constant | None:
    first = node.body[0] if node.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first.value
    return None


def _documentation(test: ast.FunctionDef) -> list[str]:
    """The title, then the paragraphs of the hint."""
    title, _, rest = inspect.cleandoc(ast.get_docstring(test) or "").partition("\n")
    paragraphs = (" ".join(paragraph.split()) for paragraph in rest.split("\n\n"))
    return [title.strip(), *filter(None, paragraphs)]


def _fields(node: ast.JoinedStr) -> list[ast.FormattedValue]:
    return [part for part in node.values if isinstance(part, ast.FormattedValue)]


def _field(node: ast.FormattedValue) -> str:
    """`{loss:.3f}`"""
    conversion = "" if node.conversion < 0 else f"!{chr(node.conversion)}"
    spec = f":{_template(node.format_spec)}" if isinstance(node.format_spec, ast.JoinedStr) else ""
    return f"{{{ast.unparse(node.value)}{conversion}{spec}}}"


def _template(node: ast.JoinedStr) -> str:
    """The text between the quotes, whatever they are."""
    return "".join(
        _field(part) if isinstance(part, ast.FormattedValue) else _doubled(str(part.value))  # type: ignore[attr-defined]  # nothing else stands there
        for part in node.values
    )


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _split(fields: Iterable[str], text: str) -> list[str]:
    """Text, field, text, field … text."""
    longest_first = sorted(set(fields), key=len, reverse=True)
    return re.split("(" + "|".join(map(re.escape, longest_first)) + ")", text) if longest_first else [text]


def _without_fields(phrase: Phrase) -> str:
    return "".join(_split(phrase.fields, phrase.text)[::2])


def _filled(node: ast.JoinedStr, other: str) -> Iterator[ast.expr]:
    """The parts of `node` in the order and among the words of its translation."""
    by_text = {_field(field): field for field in _fields(node)}
    for place, part in enumerate(_split(by_text, other)):
        if place % 2:
            yield by_text[part]
        elif part:
            yield ast.Constant(part.replace("{{", "{").replace("}}", "}"))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
