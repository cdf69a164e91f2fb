import math

import probes
import pytest

from kafedra.testing import check


@pytest.mark.points("0.1")
def test_relu_forward(submission):
    """ReLU: max(0, x)"""
    for x in (-3, 0, 5):
        y = submission.call(probes.forward, "MyReLU", x)
        check.equal(y, max(x, 0), call="MyReLU()(x)", why="для x > 0 ответ — сам x, для остальных — ноль")


@pytest.mark.points("0.6")
def test_sigmoid_forward(submission):
    """Сигмоида: 1 / (1 + e⁻ˣ)"""
    for x in (-2.0, 0.0, 3.0):
        y = submission.call(probes.forward, "MySigmoid", x)
        assert abs(y - 1 / (1 + math.exp(-x))) < 1e-12


@pytest.mark.points("0.3")
@pytest.mark.hidden
def test_sigmoid_large(submission):
    """Сигмоида на больших числах: 0 слева, 1 справа"""
    for x, y in ((-1e4, 0.0), (1e4, 1.0)):
        check.equal(submission.call(probes.forward, "MySigmoid", x), y, call="MySigmoid()(x)")
