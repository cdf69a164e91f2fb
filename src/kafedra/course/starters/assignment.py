"""An assignment: a statement, two solutions, tests and what they must catch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kafedra.course.starters.essay import essay_files
from kafedra.course.starters.mutants import MUTANTS
from kafedra.course.starters.programs import program_files
from kafedra.course.starters.self_check import self_check
from kafedra.course.starters.several_files import several_files
from kafedra.course.starters.tests import tests_of
from kafedra.course.starters.values import Flavour, Shape, mutant_files, toml
from kafedra.course.text import Language

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
# **Задача.** Напишите функцию `standardize`: {what} вычитает среднее и делит на стандартное отклонение:
#
# $$z_i = \\frac{{x_i - \\bar x}}{{s}}, \\qquad s^2 = \\frac1n \\sum_{{j=1}}^n (x_j - \\bar x)^2.$$
#
# Так у любых данных. <!-- test_example, test_random -->
# Если все числа{place} равны, результат — нули. <!-- test_constant -->
# Аргумент остаётся таким, каким был. <!-- test_argument -->
{imports}
""",
    "en": """\
# %% [markdown]
# # {title}
#
# **Task.** Write the function `standardize`: {what} it subtracts the mean and divides by the standard deviation:
#
# $$z_i = \\frac{{x_i - \\bar x}}{{s}}, \\qquad s^2 = \\frac1n \\sum_{{j=1}}^n (x_j - \\bar x)^2.$$
#
# So it does with any data. <!-- test_example, test_random -->
# Where all numbers{place} are equal, the result is zeros. <!-- test_constant -->
# The argument stays as it was. <!-- test_argument -->
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


def assignment_files(slug: str, title: str, kind: Flavour, language: Language) -> dict[str, str]:
    """Every file of a new assignment by its path."""
    what, place = _WHAT[language][kind]
    x, imports = _PARAMETER[kind], IMPORTS[kind]
    cell = f"\n# %%\n{imports}\n"
    statement = _STATEMENT[language].format(title=title, what=what, place=place, imports=cell)
    body = BODY[kind]
    solution = f"{imports}\n\n\ndef standardize({x}):\n{body}"
    marked = f"    # BEGIN SOLUTION\n{body}    # END SOLUTION\n"
    answer = f'# %% tags=["solution"]\ndef standardize({x}):\n{marked}'
    files = {
        "assignment.toml": DESCRIPTION.format(
            slug=slug, title=toml(title), summary=SUMMARY[language], seconds=8 if kind == "torch" else 5
        ),
        "notebook.py": f"{statement}\n{answer}{self_check(kind, language)}",
        "probes.py": _PROBES[language].format(x=x),
        "tests/test_standardize.py": tests_of(kind, language),
        "solutions/by_hand.py": solution,
        "solutions/other_way.py": _OTHER[kind],
    }
    return files | mutant_files("by_hand", MUTANTS[kind])


def shaped_files(slug: str, title: str, kind: Flavour | Shape, language: Language) -> dict[str, str]:
    """The same for an assignment of any kind: a notebook, or what is handed in in place of one."""
    match kind:
        case "script":
            files = assignment_files(slug, title, "python", language)
            named = f'notebook = "{slug}.py"\nrequires'
            return files | {"assignment.toml": files["assignment.toml"].replace("requires", named, 1)}
        case "files":
            return several_files(slug, title, language)
        case "c" | "shell":
            return program_files(slug, title, kind, language)
        case "essay":
            return essay_files(slug, title, language)
    return assignment_files(slug, title, kind, language)
