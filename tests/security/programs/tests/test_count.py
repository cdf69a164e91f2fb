import random

import probes
import pytest

from kafedra.testing import check


@pytest.mark.points("0.5")
def test_count(submission):
    """Сумма от 0 до 6"""
    check.equal(submission.call(probes.count, 7), 21, call="count(7)")


@pytest.mark.points("0.5")
@pytest.mark.hidden
def test_count_again(submission, seed):
    """Сумма других чисел"""
    n = random.Random(seed).randint(10, 99)
    check.equal(submission.call(probes.count, n), n * (n - 1) // 2, call="count(n)")
