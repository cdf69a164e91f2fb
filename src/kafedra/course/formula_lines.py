"""A formula written back to TOML."""

import json
from collections.abc import Iterator, Mapping

from kafedra.course.text import Localized
from kafedra.policy.scheme import Formula, Marked


def formula_lines(formula: Formula, titles: Mapping[str, Localized]) -> Iterator[str]:
    """The tables of `formula`, which `load_course` reads back as an equal one."""
    yield from ("", "[formula]", f"total = {quoted(formula.total)}", f"cap = {formula.cap:f}")
    yield f"rounding = {quoted(formula.rounding)}"
    if formula.parts:
        yield from ("", "[formula.parts]", *(f"{quoted(name)} = {quoted(text)}" for name, text in formula.parts))
    for mark in formula.marks:
        yield from _mark_lines(mark, titles.get(mark.name))
    if formula.automat:
        yield from ("", "[formula.automat]", f"when = {quoted(formula.automat.when)}")
        yield f"total = {quoted(formula.automat.total)}"
    for one in formula.required:
        yield from (
            "",
            "[[formula.required]]",
            f"condition = {quoted(one.condition)}",
            f"otherwise = {one.otherwise:f}",
        )
    for letter in formula.letters:
        yield from ("", "[[formula.letters]]", f"least = {letter.least:f}", f"letter = {quoted(letter.letter)}")


def _mark_lines(mark: Marked, title: Localized | None) -> Iterator[str]:
    yield from ("", f"[formula.marks.{quoted(mark.name)}]")
    if title is not None:
        yield f"title = {localized(title)}"
    yield from (f"most = {mark.most:f}", f"unit = {quoted(mark.unit)}")
    if mark.admission is not None:
        yield f"admission = {quoted(mark.admission)}"
    if mark.unmarked is not None:
        yield f"unmarked = {mark.unmarked:f}"


def localized(text: Localized) -> str:
    """One text for both languages, or a table of two."""
    if text.ru == text.en:
        return quoted(text.ru)
    return f"{{ ru = {quoted(text.ru)}, en = {quoted(text.en)} }}"


def quoted(text: str) -> str:
    """A TOML string, which is a JSON string but for one character that TOML wants escaped and JSON leaves alone."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
