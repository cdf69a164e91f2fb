import probes
import pytest

from kafedra.testing import check


@pytest.mark.points("1")
def test_order(submission):
    """По порядку"""
    check.equal(submission.call(probes.ordered, [2, 3, 1]), [1, 2, 3], call="in_order([2, 3, 1])")
