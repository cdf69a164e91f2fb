import probes
import pytest
import torch

from kafedra.testing import check


@pytest.mark.points("0.2")
def test_halve(submission, rng):
    """halve делит тензор пополам."""
    x = torch.randn(4, 3, generator=rng, dtype=torch.float64)
    y = submission.call(probes.call, "halve", x)
    check.close(y, x / 2, call="halve(x)", inputs={"x": x}, why="делите на два")


@pytest.mark.hidden
@pytest.mark.points("0.2")
def test_halve_hidden(submission, rng):
    """halve делит пополам и на скрытых данных.

    Посмотрите на форму входа."""
    x = torch.randn(5, 1, 2, generator=rng, dtype=torch.float64) + 7_654_321
    y = submission.call(probes.call, "halve", x)
    check.close(y, x / 2, call="halve(x)", inputs={"x": x})
