"""One source, two notebooks; and what a seminar must have is said before anything runs."""

import json

import pytest
from tests.course.topic_files import SEMINAR

from kafedra.materials.seminars import notebook, read_seminar, seminar_problems


def code(data: bytes) -> str:
    return "\n".join("".join(cell["source"]) for cell in json.loads(data)["cells"])


def test_the_student_finds_blanks_and_the_checks(topic) -> None:
    given = code(notebook(topic(), "student"))
    assert "return 2 * x" not in given
    assert "raise NotImplementedError" in given
    assert "assert right" in given


def test_the_solved_notebook_has_every_answer_and_takes_a_seed(topic) -> None:
    written = topic()
    assert "return 2 * x" in code(notebook(written, "solved"))
    assert "SEED = 7" in "".join(cell.source for cell in read_seminar(written).solved(7))


def test_a_notebook_that_is_taken_away_has_no_dead_links(topic) -> None:
    links = (
        "# [`ReLU`](../../homework/activations/notebook.py), [дальше](../02-x/lecture.md#y), [тут](https://a.example/)"
    )
    written = topic(seminar_py=f"{SEMINAR}\n# %% [markdown]\n{links}\n")
    assert "`ReLU`, дальше, [тут](https://a.example/)" in code(notebook(written, "student"))
    assert "](../../homework/activations/notebook.py)" in "".join(cell.source for cell in read_seminar(written).cells)


def test_each_blank_knows_its_check(topic) -> None:
    other = '# %% tags=["solution"]\ndef other():\n    # BEGIN SOLUTION\n    return 1\n    # END SOLUTION\n\n'
    double = other + '# %% tags=["check"]'
    seminar = read_seminar(topic(seminar_py=SEMINAR.replace('# %% tags=["check"]', double, 1)))
    assert [(blank.cell, blank.group, blank.check) for blank in seminar.blanks()] == [(2, (2, 3), 4), (3, (2, 3), 4)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('# %% tags=["check"]', "# %%", 'the next cell of code after it must be tagged "check"'),
        ('# %% tags=["seed"]', "# %%", 'one cell must be tagged "seed" and say: SEED = 0'),
        ("best_h = 1e-5", "best_h = = 1", "cell 5 is not Python: invalid syntax, line 1 of the cell"),
        ("    # END SOLUTION\n", "", "stands without END SOLUTION below it"),
    ],
)
def test_what_is_missing_is_said(topic, course_folder, old: str, new: str, expected: str) -> None:
    written = topic(seminar_py=SEMINAR.replace(old, new))
    (problem,) = seminar_problems(written, course_folder)
    assert problem.message == expected
    assert problem.file.as_posix() == "topics/01-backprop/seminar.py"
