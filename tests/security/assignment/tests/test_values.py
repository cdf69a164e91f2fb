import math

import probes
import pytest
import torch

from kafedra.testing import check


@pytest.mark.points("0.2")
def test_count(submission, rng):
    """count складывает числа от нуля."""
    n = int(torch.randint(5, 50, (), generator=rng))
    check.equal(submission.call(probes.call, "count", n), n * (n - 1) // 2, call=f"count({n})")


@pytest.mark.points("0.1")
def test_label(submission):
    """label возвращает слово «кот»."""
    got = submission.call(probes.call, "label")
    assert got == "кот"


@pytest.mark.points("0.1")
def test_log(submission):
    """log(0) — минус бесконечность."""
    check.close(submission.call(probes.call, "log", 0.0), -math.inf, call="log(0)")


@pytest.mark.points("0.1")
def test_layer(submission, rng):
    """Layer обнуляет отрицательное."""
    x = torch.randn(3, 3, generator=rng)
    check.close(submission.call(probes.construct, x), x.clamp(min=0), call="Layer()(x)", inputs={"x": x})


@pytest.mark.hidden
@pytest.mark.points("0.1")
def test_secret(submission, rng):
    """secret угадывает знак числа по самому числу."""
    x = torch.randn(40, generator=rng)
    noise = torch.randn(40, generator=rng)
    right = submission.call(probes.call, "secret", x.sign() * noise.abs())
    check.equal(right, x.sign(), call="secret(x)")
