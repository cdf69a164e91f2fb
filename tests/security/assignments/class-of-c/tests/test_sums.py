import probes
import pytest

from kafedra.testing import check


@pytest.mark.points("1")
def test_sums(submission):
    """Суммы"""
    check.equal(submission.call(probes.sums, [1, 2, 3]), [1, 3, 6], call="running([1, 2, 3])")
