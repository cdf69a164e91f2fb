"""A report names its seed, and the seed gives the same run again."""

from __future__ import annotations

from kafedra.grading import Grader

WRONG = "def half(x):\n    return x\ndef double(x):\n    return x"
DRAWS = """
import random, torch, numpy
def half(x):
    print(random.random(), torch.rand(1).item(), numpy.random.rand())
    return x
"""


def messages(report):
    return [test.message for test in report.tests]


def test_the_same_seed_gives_the_same_inputs(grade):
    first = grade(WRONG)
    assert messages(grade(WRONG, seed=first.seed)) == messages(first)


def test_another_seed_gives_others(grade):
    assert messages(grade(WRONG, seed=1)) != messages(grade(WRONG, seed=2))


def test_the_students_own_randomness_is_repeated_too(grade):
    assert grade(DRAWS, seed=5).output == grade(DRAWS, seed=5).output != grade(DRAWS, seed=6).output


def test_a_crash_before_does_not_change_what_a_test_draws(grade):
    calm = grade(WRONG, seed=7).tests[1].message
    after_crash = (
        grade("import os\ndef half(x):\n    os._exit(1)\ndef double(x):\n    return x", seed=7).tests[1].message
    )
    assert after_crash == calm


def test_the_order_of_a_set_of_texts_is_the_same_in_every_sandbox(assignment, grade):
    """Texts are hashed alike, whichever warm process a submission comes from."""
    code = "def half(x):\n    print(hash('kafedra'))\n    return x * 0.5\ndef double(x):\n    return x + x"
    with Grader(assignment.environment) as another:
        assert another.grade(assignment, {"halves.py": code.encode()}).output == grade(code).output
