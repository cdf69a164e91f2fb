import probes
import pytest

from kafedra.testing import check


@pytest.mark.points("0.6")
def test_count(submission):
    """count складывает числа от нуля."""
    check.equal(submission.call(probes.call, "count", 12), 66, call="count(12)")


@pytest.mark.points("0.4")
def test_label(submission):
    """label возвращает слово «кот»."""
    assert submission.call(probes.call, "label") == "кот"
