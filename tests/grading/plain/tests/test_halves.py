"""The same small assignment about numbers: nothing to load, so a command on it takes a moment."""

import probes
import pytest

from kafedra.testing import check


@pytest.mark.points("0.5")
def test_half(submission):
    """half делит на два."""
    check.equal(submission.call(probes.half, 7), 3.5, call="half(7)", why="делите не на два")


@pytest.mark.points("0.3")
def test_double(submission):
    """double умножает на два."""
    check.equal(submission.call(probes.double, 7), 14, call="double(7)")


@pytest.mark.points("0.2")
@pytest.mark.hidden
def test_zero(submission):
    """Половина нуля — нуль."""
    check.equal(submission.call(probes.half, 0), 0.0, call="half(0)")
