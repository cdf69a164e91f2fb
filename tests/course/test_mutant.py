"""A mutant says at its top what is wrong in it and which tests must notice."""

from pathlib import Path

import pytest

from kafedra.course import CourseError, Mutant, read_mutant

HEADER = """\
# what: наклон отрицательной части задан числом
# caught_by: test_leaky_slope, test_leaky_gradient
# phrase: negative_slope

class MyLeakyReLU: ...
# what: this is no longer the header
"""


def test_the_header(tmp_path: Path) -> None:
    path = tmp_path / "hard_coded_slope.py"
    path.write_text(HEADER, encoding="utf-8")
    assert read_mutant(path) == Mutant(
        path,
        what="наклон отрицательной части задан числом",
        caught_by=("test_leaky_slope", "test_leaky_gradient"),
        phrase="negative_slope",
    )


def test_a_phrase_is_not_needed(tmp_path: Path) -> None:
    path = tmp_path / "identity.py"
    path.write_text("# what: identity\n# caught_by: test_relu\n", encoding="utf-8")
    assert read_mutant(path).phrase is None


def test_the_rest_is(tmp_path: Path) -> None:
    path = tmp_path / "identity.py"
    path.write_text("import torch\n# what: too late\n", encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        read_mutant(path, shown_from=tmp_path)
    assert [str(problem) for problem in caught.value.problems] == [
        "identity.py:1: what: is required at the top: '# what: the mistake made'",
        "identity.py:1: caught_by: is required at the top: '# caught_by: test_name', several with commas",
    ]
