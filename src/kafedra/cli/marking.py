"""`kafedra course grade`: what a run's formula makes of points and marks, without a server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

import click

from kafedra.cli import output
from kafedra.course import Course, CourseError, Run, load_course
from kafedra.policy import Grade, Scheme, Values
from kafedra.policy.scheme import Node, Wording, in_names, in_numbers, written

WRONG = 2


def try_formula(folder: Path, run_slug: str, settings: Sequence[str], *, as_json: bool) -> None:
    """Print the grade, how it comes about, and as JSON in the last line if asked. Exits with 2 for what can't be."""
    course, run = _run(folder, run_slug)
    scheme = Scheme(run.formula, run.terms(), [topic.number for topic in course.topics])
    given = _given(scheme, settings)
    slugs = {one.slug for one in scheme.works}
    earned = {name: value for name, value in given.items() if name in slugs}
    marks = {name: value for name, value in given.items() if name not in slugs}
    grade = scheme.grade(earned, marks)
    for line in _lines(scheme, grade, scheme.values(earned, marks)):
        click.echo(line)
    if as_json:
        click.echo(json.dumps(_document(grade), ensure_ascii=False))


def _run(folder: Path, slug: str) -> tuple[Course, Run]:
    try:
        course = load_course(folder)
    except CourseError as error:
        output.fail(str(error), WRONG)
    if slug not in course.runs:
        output.fail(f"There is no run '{slug}'. There are: {', '.join(course.runs) or 'none'}", WRONG)
    return course, course.runs[slug]


def _given(scheme: Scheme, settings: Sequence[str]) -> dict[str, Decimal]:
    """The values by name. Every mistake is told at once, as those of a file are."""
    most = _most(scheme)
    found: dict[str, Decimal] = {}
    wrong: list[str] = []
    for setting in settings:
        name, sign, text = (part.strip() for part in setting.partition("="))
        if not sign:
            wrong.append(f"--set {setting}: must be NAME=NUMBER, such as --set exam=8")
        elif name not in most:
            wrong.append(f"--set {setting}: {_unknown(name, scheme, most)}")
        elif name in found:
            wrong.append(f"--set {setting}: {name} is set twice")
        elif (value := _value(text)) is None or value > most[name] or value != round(value, 4):
            wrong.append(
                f"--set {setting}: '{text}' — must be a number from 0 to {most[name]:f} with at most 4 decimals"
            )
        else:
            found[name] = value
    if wrong:
        output.fail("\n".join(wrong), WRONG)
    return found


def _most(scheme: Scheme) -> dict[str, Decimal]:
    blitzes = {f"blitz_{topic}": Decimal(100) for topic in scheme.topics}
    marks = {one.name: one.most for one in scheme.formula.marks}
    return {one.slug: one.max_points for one in scheme.works} | marks | blitzes


def _unknown(name: str, scheme: Scheme, most: Mapping[str, Decimal]) -> str:
    if name in scheme.parts:
        return f"'{name}' is computed: set what it is made of"
    near = get_close_matches(name, most, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(most)}"
    return f"unknown name '{name}' — {hint}"


def _value(text: str) -> Decimal | None:
    try:
        value = Decimal(text) if len(text) <= 12 else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and value >= 0 else None


def _lines(scheme: Scheme, grade: Grade, values: Values) -> Iterator[str]:
    for name, part in scheme.parts.items():
        if part.extent is not None:
            yield _line(scheme, name, part.node, grade.components[name], values)
    yield _line(scheme, "total", scheme.total.node, grade.computed, values)
    for mark, admitted in grade.admitted.items():
        yield f"{mark}: {'admitted' if admitted else 'not admitted, counts as 0'}"
    for number in grade.failed:
        one = scheme.formula.required[number]
        yield f"without {one.condition} the grade is {one.otherwise:f} at most"
    if scheme.automat_total is not None:
        if grade.automat:
            yield _line(scheme, "automat", scheme.automat_total.node, grade.automat_total, values)
        else:
            yield f"no automat: it needs {scheme.formula.automat.when if scheme.formula.automat else ''}"
    if grade.total is None:
        missing = [name for name, value in grade.components.items() if value is None]
        yield f"no grade yet: {', '.join(missing)} is not known"
    else:
        letter = f", {grade.letter}" if grade.letter else ""
        yield f"grade {_shown(grade.total)}, in the record book {grade.record}{letter}"


def _line(scheme: Scheme, name: str, node: Node, value: Fraction | None, values: Values) -> str:
    wording = Wording(
        number=lambda number: written(Fraction(number)),
        name=str,
        function=lambda function, arguments: f"{function}({', '.join(arguments)})",
        word={"and": "and", "or": "or"},
    )
    steps = [in_names(node, scheme.checker, wording), in_numbers(node, scheme.checker, wording, values)]
    steps += [] if value is None else [_shown(value)]
    return " = ".join([name, *dict.fromkeys(steps)])


def _shown(value: Fraction) -> str:
    """Exactly, and near enough to be understood: 45/7 ≈ 6.43."""
    text = written(value)
    return f"{text} ≈ {float(value):.2f}" if "/" in text else text


def _document(grade: Grade) -> dict[str, object]:
    return {
        "total": None if grade.total is None else str(grade.total),
        "record": grade.record,
        "letter": grade.letter,
        "automat": grade.automat,
        "admitted": dict(grade.admitted),
        "components": {name: None if value is None else str(value) for name, value in grade.components.items()},
    }
