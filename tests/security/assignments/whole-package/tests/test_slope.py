import probes
import pytest

from kafedra.testing import check


@pytest.mark.points("1")
def test_slope(submission):
    """Производная x²"""
    check.close(submission.call(probes.slope, [1.0, 3.0]), [2.0, 6.0], call="slope([1, 3])")
