"""A notebook, a module of one's own beside it, data and a picture of the course."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kafedra.course.starters.self_check import self_check
from kafedra.course.starters.values import Mistake, mutant_files, toml
from kafedra.course.text import Language

_DESCRIPTION: Final = """\
slug = "{slug}"
title = {title}
summary = "{summary}"
points = 1
topic = 1
requires = ["standardize", "heights"]

# {files}
files = ["moments.py"]
# {data}
data = ["data/heights.csv", "data/spread.svg"]

[limits]
test_seconds = 2
total_seconds = 5
"""
_NOTEBOOK: Final = """\
# %% [markdown]
# # {title}
#
# {one}
#
# ![{alt}](data/spread.svg)
#
# {two}

# %%
import csv

import moments

# %% tags=["solution"]
def standardize(values):
    # BEGIN SOLUTION
    middle, width = moments.mean(values), moments.spread(values)
    return [(value - middle) / (width or 1.0) for value in values]
    # END SOLUTION

# %% tags=["solution"]
def heights():
    # BEGIN SOLUTION
    with open("data/heights.csv", newline="") as file:
        return [float(row["cm"]) for row in csv.DictReader(file)]
    # END SOLUTION
"""
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "ru": {
        "summary": "Среднее и разброс в своём модуле, данные из файла.",
        "files": "Что сдают рядом с ноутбуком; с чего начинают, лежит в starter/.",
        "data": "Что получает каждый и читает по этому же пути.",
        "one": "В модуле `moments.py` напишите `mean` и `spread`: среднее и стандартное отклонение списка. "
        "<!-- test_moments -->",
        "alt": "Одно отклонение в обе стороны от среднего",
        "two": "Здесь напишите `standardize(values)`: среднее ноль, разброс единица; <!-- test_example --> одинаковые\n"
        "# числа дают нули. <!-- test_constant --> И `heights()`: столбец `cm` из `data/heights.csv`, числами.\n"
        "# <!-- test_heights -->",
        "starter": '"""Среднее и разброс."""',
        "todo": "Ваш код здесь",
        "probe": "Как проверка вызывает ваш код.",
        "moments": "Среднее и отклонение",
        "example": "Среднее ноль, разброс единица",
        "constant": "Одинаковые числа дают нули",
        "heights": "Рост прочитан из файла",
    },
    "en": {
        "summary": "Mean and spread in a module of one's own, data out of a file.",
        "files": "What is handed in beside the notebook; what it begins with lies in starter/.",
        "data": "What everybody gets, and reads by the same path.",
        "one": "In the module `moments.py` write `mean` and `spread`: mean and standard deviation of a list. "
        "<!-- test_moments -->",
        "alt": "One deviation on both sides of the mean",
        "two": "Here write `standardize(values)`: mean zero, spread one; <!-- test_example --> equal numbers give\n"
        "# zeros. <!-- test_constant --> And `heights()`: the column `cm` of `data/heights.csv`, as numbers.\n"
        "# <!-- test_heights -->",
        "starter": '"""Mean and spread."""',
        "todo": "Your code here",
        "probe": "How your code is called.",
        "moments": "Mean and deviation",
        "example": "Mean zero, spread one",
        "constant": "Equal numbers give zeros",
        "heights": "Heights come out of the file",
    },
}
_STARTER: Final = """\
{starter}


def mean(values):
    # {todo}
    raise NotImplementedError


def spread(values):
    # {todo}
    raise NotImplementedError
"""
_MOMENTS: Final = """\
import math


def mean(values):
    return sum(values) / len(values)


def spread(values):
    middle = mean(values)
    return math.sqrt(sum((value - middle) ** 2 for value in values) / len(values))
"""
_MAIN: Final = """\
import csv

from moments import mean, spread


def standardize(values):
    middle, width = mean(values), spread(values)
    return [(value - middle) / (width or 1.0) for value in values]


def heights():
    with open("data/heights.csv", newline="") as file:
        return [float(row["cm"]) for row in csv.DictReader(file)]
"""
_OTHER_MOMENTS: Final = "from statistics import fmean as mean\nfrom statistics import pstdev as spread\n"
_OTHER_MAIN: Final = """\
import moments


def standardize(values):
    width = moments.spread(values) or 1.0
    shifted = map(moments.mean(values).__rsub__, map(float, values))
    return [value / width for value in shifted]


def heights():
    header, *lines = open("data/heights.csv").read().split()
    column = header.split(",").index("cm")
    return [float(line.split(",")[column]) for line in lines]
"""
_PROBES: Final = '''\
"""{probe}"""


def moments(student, values):
    import moments

    return moments.mean(values), moments.spread(values)


def standardize(student, values):
    return student.standardize(values)


def heights(student):
    return student.heights()
'''
_TESTS: Final = '''\
from statistics import fmean, pstdev

import probes
import pytest

from kafedra.testing import check

EXAMPLE = [1.0, 2.0, 6.0]


def expected(values):
    middle, spread = fmean(values), pstdev(values)
    return [(value - middle) / (spread or 1.0) for value in values]


@pytest.mark.points("0.3")
def test_moments(submission):
    """{moments}"""
    mean, spread = check.parts(submission.call(probes.moments, EXAMPLE), 2, call="mean(values), spread(values)")
    check.close(mean, 3.0, call="mean([1.0, 2.0, 6.0])")
    check.close(spread, pstdev(EXAMPLE), call="spread([1.0, 2.0, 6.0])")


@pytest.mark.points("0.3")
def test_example(submission):
    """{example}"""
    check.close(submission.call(probes.standardize, EXAMPLE), expected(EXAMPLE), call="standardize([1.0, 2.0, 6.0])")


@pytest.mark.points("0.2")
def test_constant(submission):
    """{constant}"""
    check.close(submission.call(probes.standardize, [5.0, 5.0]), [0.0, 0.0], call="standardize([5.0, 5.0])")


@pytest.mark.points("0.2")
@pytest.mark.hidden
def test_heights(submission):
    """{heights}"""
    check.close(submission.call(probes.heights), [171.0, 158.5, 180.0, 169.5], call="heights()")
'''
_HEIGHTS: Final = "name,cm,kg\nada,171,62\nboris,158.5,51\nclara,180,80\ndmitry,169.5,70\n"
_PICTURE: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60" width="300" height="60">
  <line x1="10" y1="40" x2="290" y2="40" stroke="#555" stroke-width="2"/>
  <rect x="90" y="28" width="120" height="24" fill="#2a6db0" fill-opacity="0.3"/>
  <line x1="150" y1="20" x2="150" y2="52" stroke="#2a6db0" stroke-width="3"/>
</svg>
"""
_MISTAKES: Final[Mapping[str, Mistake]] = {
    "sum_for_mean": ("a sum in place of the mean", "moments", "sum(values) / len(values)", "sum(values)"),
    "whole_mean": ("the mean is a whole number", "example", "sum(values) / len(values)", "sum(values) // 2"),
    "sample_variance": ("divides by n - 1", "moments", "in values) / len(values))", "in values) / (len(values) - 1))"),
    "variance": ("the variance", "moments", "math.sqrt(sum(", "(sum("),
    "mean_kept": ("the mean is not subtracted", "example", "(value - middle) / (width", "value / (width"),
    "not_divided": ("nothing is divided by", "example", "/ (width or 1.0)", "/ 1.0"),
    "divides_by_zero": ("equal numbers are not thought of", "constant", "(width or 1.0)", "width"),
    "absolute": ("the sign is lost", "example", "[(value - middle)", "[abs(value - middle)"),
    "another_column": ("another column", "heights", 'row["cm"]', 'row["kg"]'),
    "text": ("text in place of numbers", "heights", 'float(row["cm"])', 'row["cm"]'),
}  # fmt: skip


def several_files(slug: str, title: str, language: Language) -> dict[str, str]:
    """Every file of the assignment by its path."""
    words = _WORDS[language]
    return {
        "assignment.toml": _DESCRIPTION.format(slug=slug, title=toml(title), **words),
        "notebook.py": _NOTEBOOK.format(title=title, **words) + self_check("files", language),
        "probes.py": _PROBES.format(**words),
        "starter/moments.py": _STARTER.format(**words),
        "data/heights.csv": _HEIGHTS,
        "data/spread.svg": _PICTURE,
        "tests/test_standardize.py": _TESTS.format(**words),
        f"solutions/by_hand/{slug}.py": _MAIN,
        "solutions/by_hand/moments.py": _MOMENTS,
        f"solutions/other_way/{slug}.py": _OTHER_MAIN,
        "solutions/other_way/moments.py": _OTHER_MOMENTS,
        **mutant_files("by_hand", _MISTAKES),
    }
