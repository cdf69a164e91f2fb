"""A mistake in an assignment is its author's to mend, never a student's zero."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from kafedra.course import load_assignment
from kafedra.grading import UnusableAssignment


@pytest.fixture
def copy(tmp_path, assignment):
    """A copy of the assignment to break."""
    root = tmp_path / "halves"
    shutil.copytree(assignment.root, root, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def rewrite(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('@pytest.mark.points("0.5")\n', "", "needs @pytest.mark.points"),
        ('points("0.5")', 'points("-1")', "needs @pytest.mark.points"),
        ('points("0.5")', 'points("0.6")', "add up to 1.1 points, the assignment has 1"),
        ('"""half делит на два.\n\n    Вспомните, что такое половина.\n    """', "pass", "the test's title"),
        ("x = torch.randn(3", "x = torch.nosuch(3", "AttributeError"),
        ("submission, rng", "submission, nosuch", "nosuch"),
        ("import probes", "import probes, nosuchmodule", "nosuchmodule"),
    ],
)
def test_a_broken_test_is_named(grader, good, copy, old, new, says):
    rewrite(copy, "tests/test_halves.py", old, new)
    with pytest.raises(UnusableAssignment, match=says):
        grader.grade(load_assignment(copy), {"halves.py": good.encode()})


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("x / 2, call", "expectd, call", "NameError: name 'expectd' is not defined at .*test_halves.py:18"),
        ("x / 2, call", "torch.nosuch, call", "AttributeError: module 'torch' has no attribute 'nosuch'"),
        ("check.close(", "check.closse(", "AttributeError: module 'kafedra.testing.check' has no attribute 'closse'"),
        ("check.close(", "import nosuchmodule; check.close(", "nosuchmodule"),
        ("probes.half, x)", "probes.half, x, x)", "probes.half takes .* too many positional arguments"),
        ("probes.half, x)", "len, x)", "submission.call takes a function of probes.py, and len is none"),
        ("probes.half, x)", "lambda student: 1)", "submission.call takes a function of probes.py"),
    ],
)
@pytest.mark.parametrize("code", ["good", "def half(x):\n    return None\n"])
def test_what_only_the_text_of_a_test_can_cause_is_its_authors(grader, good, copy, old, new, says, code):
    """Also where an answer of the student's has arrived already, right or wrong."""
    rewrite(copy, "tests/test_halves.py", "    check.close(", "    submission.call(probes.half, x)\n    check.close(")
    rewrite(copy, "tests/test_halves.py", old, new)
    with pytest.raises(UnusableAssignment, match=says):
        grader.grade(load_assignment(copy), {"halves.py": (good if code == "good" else code).encode()})


def test_an_assignment_that_students_code_could_read_is_not_graded(grader, good, assignment):
    with tempfile.TemporaryDirectory(dir=sys.prefix) as shown:
        root = shutil.copytree(assignment.root, Path(shown) / "halves")
        with pytest.raises(UnusableAssignment, match="move the course"):
            grader.grade(load_assignment(root), {"halves.py": good.encode()})


def test_broken_probes_are_named(grader, good, copy):
    rewrite(copy, "probes.py", "def half", "import nosuchmodule\ndef half")
    with pytest.raises(UnusableAssignment, match="nosuchmodule"):
        grader.grade(load_assignment(copy), {"halves.py": good.encode()})


def test_the_grader_goes_on_after_it(grader, good, copy, grade):
    rewrite(copy, "tests/test_halves.py", "import probes", "import nosuchmodule")
    with pytest.raises(UnusableAssignment):
        grader.grade(load_assignment(copy), {"halves.py": good.encode()})
    assert grade(good).points == 1


def test_a_variable_of_a_probe_may_be_called_like_another_probe(grader, copy):
    rewrite(copy, "probes.py", "def half(student, x):\n    return student.half(x)", SHADOWED)
    report = grader.grade(load_assignment(copy), {"halves.py": b"def half(x):\n    return x * 0.5\n"})
    assert [test.outcome for test in report.tests] == ["passed", "missing", "passed"]


SHADOWED = """
def double(student, x):
    return student.double(x)

def half(student, double):
    return student.half(double)
"""
