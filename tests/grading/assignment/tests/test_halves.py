"""An assignment as small as one can be, with a hidden test."""

import probes
import pytest
import torch

from kafedra.testing import check


@pytest.mark.points("0.5")
def test_half(submission, rng):
    """half делит на два.

    Вспомните, что такое половина.
    """
    x = torch.randn(3, generator=rng, dtype=torch.float64)
    check.close(submission.call(probes.half, x), x / 2, call="half(x)", inputs={"x": x}, why="делите не на два")


@pytest.mark.points("0.3")
def test_double(submission, rng):
    """double умножает на два."""
    x = torch.randn(2, 3, generator=rng)
    check.close(submission.call(probes.apply, "double", x), 2 * x, call="double(x)", inputs={"x": x})


@pytest.mark.points("0.2")
@pytest.mark.hidden
def test_scalar(submission):
    """half берёт и 0-мерный тензор.

    Проверьте форму ответа.
    """
    x = torch.tensor(31337.0)
    check.close(submission.call(probes.half, x), x / 2, call="half(x)", inputs={"x": x})
