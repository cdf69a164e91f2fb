"""The tests of a new assignment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kafedra.course.starters.values import Flavour
from kafedra.course.text import Language

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


def tests_of(kind: Flavour, language: Language) -> str:
    """`tests/test_standardize.py`."""
    return _TESTS[kind].format(**_TITLES[language])
