"""An assignment's tests are collected once for many submissions, and anew as soon as anything of them is another."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.security.leftovers import at_rest, descendants, wait_until

from kafedra.course import Assignment, load_assignment
from kafedra.grading import Grader, UnusableAssignment

MANY = 10  # more assignments than are kept ready
AHEAD = 2  # processes of the sandbox that waits for the next submission


@pytest.fixture(scope="module")
def own(assignment: Assignment) -> Iterator[Grader]:
    """A grader that nobody else uses."""
    with Grader(assignment.environment) as warm:
        yield warm


@pytest.fixture
def copy(tmp_path: Path, assignment: Assignment) -> Path:
    return shutil.copytree(assignment.root, tmp_path / "halves", ignore=shutil.ignore_patterns("__pycache__"))


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def points(grader: Grader, root: Path, work: str) -> float:
    return float(grader.grade(load_assignment(root), {"halves.py": work.encode()}).points)


def test_a_changed_test_is_the_one_that_judges(own: Grader, copy: Path, good: str) -> None:
    assert points(own, copy, good) == 1
    rewrite(copy / "tests/test_halves.py", "x / 2, call", "x / 3, call")
    assert points(own, copy, good) < 1
    rewrite(copy / "tests/test_halves.py", "x / 3, call", "x / 2, call")
    assert points(own, copy, good) == 1


def test_changed_probes_are_the_ones_that_run(own: Grader, copy: Path, good: str) -> None:
    assert points(own, copy, good) == 1
    rewrite(copy / "probes.py", "def half", "raise RuntimeError('closed')\n\n\ndef half")
    with pytest.raises(UnusableAssignment, match="closed"):
        points(own, copy, good)


def test_each_submission_finds_the_tests_as_they_were_collected(own: Grader, copy: Path, good: str) -> None:
    """What a verdict leaves behind in the module of the tests, the next one does not see."""
    rewrite(copy / "tests/test_halves.py", "x / 2, call", "x / len(SEEN), call")
    rewrite(copy / "tests/test_halves.py", "import probes", "import probes\nSEEN = [None]")
    rewrite(copy / "tests/test_halves.py", "    x = torch.randn(3", "    SEEN.append(None)\n    x = torch.randn(3")
    assert [points(own, copy, good) for _ in range(3)] == [1, 1, 1]


def test_a_broken_test_is_named_each_time_and_mended_at_once(own: Grader, copy: Path, good: str) -> None:
    rewrite(copy / "tests/test_halves.py", "import probes", "import probes, nosuchmodule")
    for _ in range(3):
        with pytest.raises(UnusableAssignment, match="nosuchmodule"):
            points(own, copy, good)
    rewrite(copy / "tests/test_halves.py", ", nosuchmodule", "")
    assert points(own, copy, good) == 1


def test_a_course_of_many_assignments_keeps_only_some_ready(tmp_path: Path, good: str) -> None:
    plain = Path(__file__).parent / "plain"  # without torch, which takes seconds to load
    ignored = shutil.ignore_patterns("__pycache__")
    roots = [shutil.copytree(plain, tmp_path / str(number), ignore=ignored) for number in range(MANY)]
    before = at_rest(lambda: descendants(os.getpid()), 30)
    with Grader(load_assignment(plain).environment) as warm:
        fresh = len(descendants(os.getpid()) - before)
        for root in [*roots, *roots[:2]]:
            assert points(warm, root, good) == 1
        assert wait_until(lambda: len(descendants(os.getpid()) - before) - fresh < MANY + AHEAD, 30)
    assert wait_until(lambda: not descendants(os.getpid()) - before, 30), "with the grader they end, too"


def test_each_language_has_tests_of_its_own(own: Grader, copy: Path, good: str) -> None:
    """One after the other by the same warm process, and back."""
    rewrite(copy / "tests/test_halves.py", '"""half делит на два.', '"""Пополам.')
    (copy / "tests/en.toml").write_text('[words]\n"Пополам." = "In halves"\n', "utf-8")
    work = {"halves.py": good.encode()}
    titles = {
        language: own.grade(load_assignment(copy), work, language=language).tests[0].title
        for language in ("ru", "en", "ru")
    }
    assert titles == {"ru": "Пополам.", "en": "In halves"}


def test_a_translation_that_cannot_be_read_is_the_authors_fault(own: Grader, copy: Path, good: str) -> None:
    (copy / "tests/en.toml").write_text("[words\n", "utf-8")
    assert points(own, copy, good) == 1
    with pytest.raises(UnusableAssignment, match=r"tests/en\.toml:1"):
        own.grade(load_assignment(copy), {"halves.py": good.encode()}, language="en")
