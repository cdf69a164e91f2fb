"""The texts of a course and of assignments that have just begun: whole, small, and proven at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from kafedra.course.text import Language

Flavour = Literal["python", "numpy", "torch"]

COURSE: Final[Mapping[Language, str]] = {
    "ru": """\
# Что не меняется из года в год. Даты, домашние задания и баллы — в runs/.
# Все ключи описаны в docs/use/course-format.md; этот файл и его соседей проверяет kafedra course check.

slug = "{slug}"
title = {title}
language = "ru"
timezone = "{timezone}"

# Каждый начатый день опоздания стоит 10 %, но не больше 30 % за всё.
[late]
percent_per_day = 10
max_percent = 30

# Оценка: 0,7 · домашние + 0,3 · экзамен. С такой суммой за домашние экзамен можно не сдавать.
[formula]
homework_weight = 0.7
exam_weight = 0.3
automat_threshold = 1

[[topics]]
number = 1
slug = "first-topic"
title = "Первая тема"
""",
    "en": """\
# What stays from year to year. Dates, homework and points are in runs/.
# Every key is described in docs/use/course-format.md; kafedra course check checks this file and its neighbours.

slug = "{slug}"
title = {title}
language = "en"
timezone = "{timezone}"

# Each day begun after the deadline costs 10 %, and never more than 30 % in all.
[late]
percent_per_day = 10
max_percent = 30

# The grade: 0.7 · homework + 0.3 · exam. With this much homework the exam may be left out.
[formula]
homework_weight = 0.7
exam_weight = 0.3
automat_threshold = 1

[[topics]]
number = 1
slug = "first-topic"
title = "The first topic"
""",
}
RUN: Final = """\
slug = "{run}"
title = "{run}"

[[plan]]
topic = 1
date = {day}

[[homework]]
number = 1
title = "{homework}"
issued = {day}

[[homework.assignments]]
slug = "{assignment}"
points = 1
"""
HOMEWORK: Final[Mapping[Language, str]] = {"ru": "Первое домашнее задание", "en": "The first homework"}
DESCRIPTION: Final = """\
slug = "{slug}"
title = {title}
summary = "{summary}"
points = 1
topic = 1
requires = ["standardize"]

[limits]
test_seconds = 2
total_seconds = {seconds}
"""
SUMMARY: Final[Mapping[Language, str]] = {
    "ru": "Среднее ноль, разброс единица: своими руками.",
    "en": "Mean zero, spread one: by hand.",
}

_STATEMENT: Final[Mapping[Language, str]] = {
    "ru": """\
# %% [markdown]
# # {title}
#
# Напишите функцию `standardize`: {what} вычитает среднее и делит на стандартное отклонение
#
# $$z_i = \\frac{{x_i - \\bar x}}{{s}}, \\qquad s^2 = \\frac1n \\sum_{{j=1}}^n (x_j - \\bar x)^2.$$
#
# Если все числа{place} равны, результат — нули. Аргумент остаётся таким, каким был.
{imports}
""",
    "en": """\
# %% [markdown]
# # {title}
#
# Write the function `standardize`: {what} it subtracts the mean and divides by the standard deviation
#
# $$z_i = \\frac{{x_i - \\bar x}}{{s}}, \\qquad s^2 = \\frac1n \\sum_{{j=1}}^n (x_j - \\bar x)^2.$$
#
# Where all numbers{place} are equal, the result is zeros. The argument stays as it was.
{imports}
""",
}
_WHAT: Final[Mapping[Language, Mapping[Flavour, tuple[str, str]]]] = {
    "ru": {
        "python": ("из каждого числа списка", ""),
        "numpy": ("из каждого столбца матрицы", " столбца"),
        "torch": ("из каждого столбца тензора", " столбца"),
    },
    "en": {
        "python": ("from every number of a list", ""),
        "numpy": ("from every column of a matrix", " of a column"),
        "torch": ("from every column of a tensor", " of a column"),
    },
}
IMPORTS: Final[Mapping[Flavour, str]] = {
    "python": "import math",
    "numpy": "import numpy as np",
    "torch": "import torch",
}
_PARAMETER: Final[Mapping[Flavour, str]] = {"python": "values", "numpy": "x", "torch": "x"}
BODY: Final[Mapping[Flavour, str]] = {
    "python": """\
    n = len(values)
    mean = sum(values) / n
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / n)
    if spread == 0:
        return [0.0] * n
    return [(v - mean) / spread for v in values]
""",
    "numpy": """\
    mean = x.mean(axis=0)
    spread = x.std(axis=0)
    return (x - mean) / np.where(spread == 0, 1.0, spread)
""",
    "torch": """\
    mean = x.mean(dim=0)
    spread = x.std(dim=0, unbiased=False)
    return (x - mean) / torch.where(spread == 0, 1.0, spread)
""",
}
_OTHER: Final[Mapping[Flavour, str]] = {
    "python": """\
from statistics import fmean, pstdev


def standardize(values):
    middle, spread = fmean(values), pstdev(values)
    return [(value - middle) / (spread or 1.0) for value in values]
""",
    "numpy": """\
import numpy as np


def standardize(x):
    centred = x - x.sum(axis=0) / len(x)
    length = np.sqrt((centred * centred).sum(axis=0) / len(x))
    length[length == 0] = 1.0
    return centred / length
""",
    "torch": """\
import torch


def standardize(x):
    centred = x - x.sum(dim=0, keepdim=True) / len(x)
    length = (centred**2).mean(dim=0, keepdim=True).sqrt()
    return torch.where(length > 0, centred / length.clamp_min(1e-300), torch.zeros_like(x))
""",
}
_PROBES: Final[Mapping[Language, str]] = {
    "ru": '''\
"""Как проверка вызывает ваш код."""


def standardize(student, {x}):
    """Ответ и то, чем после вызова стал аргумент."""
    return student.standardize({x}), {x}
''',
    "en": '''\
"""How your code is called."""


def standardize(student, {x}):
    """The answer, and what has become of the argument."""
    return student.standardize({x}), {x}
''',
}
_TESTS: Final[Mapping[Flavour, str]] = {
    "python": '''\
import random
from statistics import fmean, pstdev

import probes
import pytest

from kafedra.testing import check

EXAMPLE = [1.0, 2.0, 6.0]


def expected(values):
    middle, spread = fmean(values), pstdev(values)
    return [(value - middle) / (spread or 1.0) for value in values]


@pytest.mark.points("0.3")
def test_example(submission):
    """{example}"""
    z, _ = submission.call(probes.standardize, EXAMPLE)
    check.close(z, expected(EXAMPLE), call="standardize([1.0, 2.0, 6.0])")


@pytest.mark.points("0.4")
@pytest.mark.hidden
def test_random(submission, seed):
    """{random}"""
    draw = random.Random(seed)
    values = [draw.gauss(3.0, 5.0) for _ in range(20)]
    z, _ = submission.call(probes.standardize, values)
    check.close(z, expected(values), call="standardize(values)", inputs={{"values": values}})


@pytest.mark.points("0.2")
def test_constant(submission):
    """{constant}"""
    z, _ = submission.call(probes.standardize, [5.0, 5.0, 5.0])
    check.close(z, [0.0, 0.0, 0.0], call="standardize([5.0, 5.0, 5.0])")


@pytest.mark.points("0.1")
def test_argument(submission):
    """{argument}"""
    _, after = submission.call(probes.standardize, list(EXAMPLE))
    check.equal(after, EXAMPLE, call="standardize([1.0, 2.0, 6.0])", why="{changed}")
''',
    "numpy": '''\
import numpy as np
import probes
import pytest

from kafedra.testing import check

EXAMPLE = np.array([[1.0, 10.0], [2.0, 20.0], [6.0, 90.0]])


def expected(x):
    spread = x.std(axis=0)
    return (x - x.mean(axis=0)) / np.where(spread == 0, 1.0, spread)


@pytest.mark.points("0.3")
def test_example(submission):
    """{example}"""
    z, _ = submission.call(probes.standardize, EXAMPLE)
    check.close(z, expected(EXAMPLE), call="standardize(x)", inputs={{"x": EXAMPLE}})


@pytest.mark.points("0.4")
@pytest.mark.hidden
def test_random(submission, numpy_rng):
    """{random}"""
    x = numpy_rng.normal(3.0, 5.0, size=(20, 4))
    z, _ = submission.call(probes.standardize, x)
    check.close(z, expected(x), call="standardize(x)", inputs={{"x": x}})


@pytest.mark.points("0.2")
def test_constant(submission):
    """{constant}"""
    x = np.array([[5.0, 1.0], [5.0, 2.0], [5.0, 6.0]])
    z, _ = submission.call(probes.standardize, x)
    check.close(z, expected(x), call="standardize(x)", inputs={{"x": x}})


@pytest.mark.points("0.1")
def test_argument(submission):
    """{argument}"""
    _, after = submission.call(probes.standardize, EXAMPLE)
    check.equal(after, EXAMPLE, call="standardize(x)", why="{changed}")
''',
    "torch": '''\
import probes
import pytest
import torch

from kafedra.testing import check

EXAMPLE = torch.tensor([[1.0, 10.0], [2.0, 20.0], [6.0, 90.0]], dtype=torch.float64)


def expected(x):
    spread = x.std(dim=0, unbiased=False)
    return (x - x.mean(dim=0)) / torch.where(spread == 0, 1.0, spread)


@pytest.mark.points("0.3")
def test_example(submission):
    """{example}"""
    z, _ = submission.call(probes.standardize, EXAMPLE)
    check.close(z, expected(EXAMPLE), call="standardize(x)", inputs={{"x": EXAMPLE}})


@pytest.mark.points("0.4")
@pytest.mark.hidden
def test_random(submission, rng):
    """{random}"""
    x = 3.0 + 5.0 * torch.randn(20, 4, generator=rng, dtype=torch.float64)
    z, _ = submission.call(probes.standardize, x)
    check.close(z, expected(x), call="standardize(x)", inputs={{"x": x}})


@pytest.mark.points("0.2")
def test_constant(submission):
    """{constant}"""
    x = torch.tensor([[5.0, 1.0], [5.0, 2.0], [5.0, 6.0]], dtype=torch.float64)
    z, _ = submission.call(probes.standardize, x)
    check.close(z, expected(x), call="standardize(x)", inputs={{"x": x}})


@pytest.mark.points("0.1")
def test_argument(submission):
    """{argument}"""
    _, after = submission.call(probes.standardize, EXAMPLE)
    check.equal(after, EXAMPLE, call="standardize(x)", why="{changed}")
''',
}
_TITLES: Final[Mapping[Language, Mapping[str, str]]] = {
    "ru": {
        "example": "Пример, который легко пересчитать",
        "random": "Случайные числа",
        "constant": "Одинаковые числа дают нули",
        "argument": "Аргумент не изменился",
        "changed": "функция записала ответ в свой аргумент",
    },
    "en": {
        "example": "An example that is easily done by hand",
        "random": "Random numbers",
        "constant": "Equal numbers give zeros",
        "argument": "The argument stays as it was",
        "changed": "the function wrote its answer into its argument",
    },
}
# name: what is wrong, which test catches it, and one line of the solution before and after
MUTANTS: Final[Mapping[Flavour, Mapping[str, tuple[str, str, str, str]]]] = {
    "python": {
        "mean_kept": ("the mean is not subtracted", "example", "(v - mean) / spread for", "v / spread for"),
        "not_divided": ("nothing is divided by", "example", "(v - mean) / spread for", "v - mean for"),
        "sample_variance": ("divides by n - 1", "example", "for v in values) / n)", "for v in values) / (n - 1))"),
        "variance": ("divides by the variance", "example", "math.sqrt(sum(", "(sum("),
        "sum_for_mean": ("a sum in place of the mean", "example", "mean = sum(values) / n", "mean = sum(values)"),
        "whole_mean": ("the mean is a whole number", "random", "mean = sum(values) / n", "mean = sum(values) // n"),
        "divides_by_zero": ("equal numbers are not thought of", "constant", "if spread == 0:", "if False:"),
        "ones": ("equal numbers give ones", "constant", "return [0.0] * n", "return [1.0] * n"),
        "absolute": ("the sign is lost", "example", "(v - mean) / spread for", "abs(v - mean) / spread for"),
        "in_place": (
            "the answer is written into the argument",
            "argument",
            "return [(v - mean) / spread for v in values]",
            "values[:] = [(v - mean) / spread for v in values]; return values",
        ),
    },
    "numpy": {
        "one_mean": ("one mean for the whole matrix", "example", "x.mean(axis=0)", "x.mean()"),
        "one_spread": ("one deviation for the whole matrix", "example", "x.std(axis=0)", "x.std()"),
        "by_rows": ("rows in place of columns", "example", "x.mean(axis=0)", "x.mean(axis=1, keepdims=True)"),
        "sample_variance": ("divides by n - 1", "example", "x.std(axis=0)", "x.std(axis=0, ddof=1)"),
        "variance": ("divides by the variance", "example", "x.std(axis=0)", "x.var(axis=0)"),
        "mean_kept": ("the mean is not subtracted", "example", "(x - mean)", "x"),
        "divides_by_zero": (
            "equal numbers are not thought of", "constant", "np.where(spread == 0, 1.0, spread)", "spread"
        ),
        "epsilon": (
            "a constant is added to the deviation", "random", "np.where(spread == 0, 1.0, spread)", "(spread + 1e-3)"
        ),
        "absolute": ("the sign is lost", "example", "(x - mean)", "abs(x - mean)"),
        "in_place": (
            "the mean is subtracted in place", "argument", "mean = x.mean(axis=0)", "x -= x.mean(axis=0); mean = 0"
        ),
    },
    "torch": {
        "one_mean": ("one mean for the whole tensor", "example", "x.mean(dim=0)", "x.mean()"),
        "one_spread": (
            "one deviation for the whole tensor", "example", "x.std(dim=0, unbiased=False)", "x.std(unbiased=False)"
        ),
        "by_rows": ("rows in place of columns", "example", "x.mean(dim=0)", "x.mean(dim=1, keepdim=True)"),
        "sample_variance": ("divides by n - 1", "example", "x.std(dim=0, unbiased=False)", "x.std(dim=0)"),
        "variance": (
            "divides by the variance", "example", "x.std(dim=0, unbiased=False)", "x.var(dim=0, unbiased=False)"
        ),
        "mean_kept": ("the mean is not subtracted", "example", "(x - mean)", "x"),
        "divides_by_zero": (
            "equal numbers are not thought of", "constant", "torch.where(spread == 0, 1.0, spread)", "spread"
        ),
        "epsilon": (
            "a constant is added to the deviation", "random", "torch.where(spread == 0, 1.0, spread)", "(spread + 1e-3)"
        ),
        "absolute": ("the sign is lost", "example", "(x - mean)", "(x - mean).abs()"),
        "in_place": (
            "the mean is subtracted in place", "argument", "mean = x.mean(dim=0)", "x -= x.mean(dim=0); mean = 0"
        ),
    },
}  # fmt: skip


def assignment_files(slug: str, title: str, kind: Flavour, language: Language) -> dict[str, str]:
    """Every file of a new assignment by its path; ``title`` as TOML and as plain text are made of it."""
    what, place = _WHAT[language][kind]
    x, imports = _PARAMETER[kind], IMPORTS[kind]
    cell = f"\n# %%\n{imports}\n"
    statement = _STATEMENT[language].format(title=title, what=what, place=place, imports=cell)
    body = BODY[kind]
    solution = f"{imports}\n\n\ndef standardize({x}):\n{body}"
    marked = f"    # BEGIN SOLUTION\n{body}    # END SOLUTION\n"
    files = {
        "assignment.toml": DESCRIPTION.format(
            slug=slug, title=toml(title), summary=SUMMARY[language], seconds=8 if kind == "torch" else 5
        ),
        "notebook.py": f'{statement}\n# %% tags=["solution"]\ndef standardize({x}):\n{marked}',
        "probes.py": _PROBES[language].format(x=x),
        "tests/test_standardize.py": _TESTS[kind].format(**_TITLES[language]),
        "solutions/by_hand.py": solution,
        "solutions/other_way.py": _OTHER[kind],
    }
    for name, (wrong, test, before, after) in MUTANTS[kind].items():
        head = f"# what: {wrong}\n# caught_by: test_{test}\n# base: by_hand\n# replace: {before} -> {after}\n"
        files[f"mutants/{name}.py"] = head
    return files


def toml(text: str) -> str:
    """A text as TOML writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
