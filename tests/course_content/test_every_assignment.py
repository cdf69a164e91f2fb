"""What holds for every assignment of the course, whatever it is about.

That right work gets everything and every mutant dies is proven by `kafedra assignment verify`; what needs a warm grader
for each assignment belongs to the proof too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter
from tests.course_content.reports import HOMEWORK, split

from kafedra.course import Assignment, load_assignment, load_course, read_mutant, translation_of
from kafedra.course.phrases import translation_problems
from kafedra.grading import Grader, Outcome, Report
from kafedra.grading.holding import Statement
from kafedra.notebooks import student_files

SPLIT = {
    "activations": {"test_forward.py": "0.5", "test_robustness.py": "0.2", "test_gradients.py": "0.3"},
    "backprop": {
        "test_checker.py": "0.25",
        "test_linear_and_relu.py": "0.2",
        "test_loss.py": "0.15",
        "test_normalisation.py": "0.2",
        "test_whole.py": "0.2",
    },
    "weight-init": {"test_fans.py": "0.3", "test_distributions.py": "0.4", "test_signal.py": "0.3"},
    "dropout": {"test_behaviour.py": "0.5", "test_gradients.py": "0.2", "test_experiment.py": "0.3"},
    "optimization": {"test_sgd.py": "0.4", "test_adam.py": "0.4", "test_adamw_and_schedule.py": "0.2"},
    "batchnorm": {
        "test_forward.py": "0.3",
        "test_modes.py": "0.3",
        "test_gradients.py": "0.2",
        "test_learning_rate.py": "0.2",
    },
    "pytorch-basics": {
        "test_data.py": "0.5",
        "test_modules.py": "0.6",
        "test_trainer.py": "0.6",
        "test_whole.py": "0.3",
    },
    "cv": {"test_augmentation.py": "1", "test_network.py": "1.5", "test_page.py": "1", "test_unseen.py": "0.5"},
    "nlp": {
        "test_batches.py": "0.5",
        "test_attention.py": "0.75",
        "test_heads.py": "0.5",
        "test_recurrent.py": "1",
        "test_transformer.py": "1",
        "test_analysis.py": "0.25",
    },
}


@pytest.fixture(scope="module", params=sorted(folder.parent.name for folder in HOMEWORK.glob("*/assignment.toml")))
def assignment(request: pytest.FixtureRequest) -> Assignment:
    return load_assignment(HOMEWORK / request.param)


@pytest.fixture(scope="module")
def blank(assignment: Assignment) -> Iterator[Report]:
    """The report on the notebook as the student gets it."""
    with Grader(assignment.environment) as grader:
        yield grader.grade(assignment, student_files(assignment), seed=0)


@pytest.mark.proof
def test_the_blank_notebook_gets_nothing_and_breaks_nothing(blank: Report) -> None:
    assert blank.points == 0
    assert {test.outcome for test in blank.tests} <= {Outcome.MISSING, Outcome.ERROR, Outcome.FAILED}
    assert blank.notes == ()


@pytest.mark.proof
def test_the_points_are_split_as_the_task_says(assignment: Assignment, blank: Report) -> None:
    assert split(blank) == {name: Decimal(points) for name, points in SPLIT[assignment.slug].items()}
    work = load_course(HOMEWORK.parent).runs["2023"].work(assignment.slug)[1]
    assert work.points in (blank.max_points, 0)  # 0: for practice


@pytest.mark.proof
def test_every_test_has_a_title_and_is_worth_something(blank: Report) -> None:
    assert [test.id for test in blank.tests if not test.title or not test.max_points] == []


def test_every_mutant_says_what_is_wrong_who_notices_and_in_which_words(assignment: Assignment) -> None:
    mutants = [read_mutant(path) for path in assignment.mutants()]
    assert len(mutants) >= 10
    assert [mutant.what for mutant in mutants if not mutant.phrase] == []


def test_the_statement_says_what_each_part_is_worth(assignment: Assignment) -> None:
    [table] = re.findall(r"^# \|[^\n]*баллы \|\n((?:# \|.*\n)+)", assignment.notebook_source.read_text("utf-8"), re.M)
    said = [row.split("|")[-2].strip().replace(",", ".") for row in table.splitlines()[1:]]
    assert sorted(said) == sorted(SPLIT[assignment.slug].values())


def test_every_sentence_and_figure_is_held_and_every_test_holds_a_sentence(assignment: Assignment) -> None:
    assert [*Statement(assignment).problems()] == []


def test_pictures_that_its_cells_draw_have_decimal_commas_along_their_axes(
    assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = ScalarFormatter.fix_minus
    monkeypatch.setattr(ScalarFormatter, "fix_minus", staticmethod(usual))
    lines = ast.parse(assignment.notebook_source.read_text("utf-8")).body
    drawing = [
        line for line in map(ast.unparse, lines) if re.match(r"(import|from) matplotlib|ScalarFormatter\.", line)
    ]
    exec("\n".join(drawing), {})  # the course's own notebook
    figure = Figure()
    axis = figure.add_subplot(ylim=(-0.5, 0.5), yticks=[-0.5, 0, 0.5]).yaxis
    figure.draw_without_rendering()
    assert [label.get_text() for label in axis.get_ticklabels()] == ["−0,5", "0,0", "0,5"]


def test_an_english_report_is_english_throughout(assignment: Assignment) -> None:
    """Every text of the tests, the hints of what is forbidden and what probes raise; a word for each, in its place."""
    assert translation_of(assignment, "en") is not None
    assert [*translation_problems(assignment)] == []


def test_the_student_version_tells_nothing_of_hidden_tests_and_solutions(assignment: Assignment) -> None:
    everything = b"".join(student_files(assignment).values()).decode("utf-8", "ignore")
    hidden = [name for path in assignment.tests_dir.glob("test_*.py") for name in _hidden(path.read_text("utf-8"))]
    assert [name for name in [*hidden, "mark.hidden", "BEGIN SOLUTION"] if name in everything] == []


def test_a_reviewer_finds_a_page_on_it(assignment: Assignment) -> None:
    assert len((assignment.root / "review.md").read_text("utf-8")) > 1000


def _hidden(source: str) -> Iterator[str]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            marks = [ast.unparse(decorator) for decorator in node.decorator_list]
            if any(mark.startswith("pytest.mark.hidden") for mark in marks):
                yield node.name
