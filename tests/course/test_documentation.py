"""docs/use/course-format.md shows files that load, and leaves out no key."""

import re
from pathlib import Path

import pytest

from kafedra.course import load_course
from kafedra.course.assignment import AssignmentFile, Environment, ForbiddenAPI, Limits
from kafedra.course.exam_rule import ExamTable, SlotTable
from kafedra.course.fields import FileModel
from kafedra.course.files import (
    AdmissionTable,
    CourseFile,
    HomeworkEntry,
    IntegrityTable,
    LateTable,
    PlanEntry,
    RunFile,
    SiteTable,
    SurveyTable,
    WorkEntry,
)
from kafedra.course.formula import AutomatTable, FormulaTable, LetterTable, MarkTable, RequirementTable
from kafedra.course.tickets import Card, CardQuestion, TicketsFile
from kafedra.course.topics import (
    Figure,
    HarderProblem,
    Misconception,
    Mistake,
    OpenQuestion,
    Option,
    PracticalProblem,
    Prerequisite,
    Question,
    ReadingEntry,
    Scale,
    SurveyFile,
    TheoryQuestion,
    TopicFile,
)
from kafedra.course.topics.topic_file import SeminarTable
from kafedra.course.values import Topic

PAGE = (Path(__file__).parents[2] / "docs/use/course-format.md").read_text(encoding="utf-8")
SECTIONS: dict[str, type[FileModel]] = {
    "## `course.toml`": CourseFile,
    "### `[late]`": LateTable,
    "### `[integrity]`": IntegrityTable,
    "### `[formula]`": FormulaTable,
    "### `[formula.marks.NAME]`": MarkTable,
    "### `[formula.automat]`": AutomatTable,
    "### `[[formula.required]]`": RequirementTable,
    "### `[[formula.letters]]`": LetterTable,
    "### `[[topics]]`": Topic,
    "## `runs/<run>.toml`": RunFile,
    "### `[[plan]]`": PlanEntry,
    "### `[site]`": SiteTable,
    "### `[admission]`": AdmissionTable,
    "### `[survey]`": SurveyTable,
    "### `[[exam]]`": ExamTable,
    "## `exam/tickets/NAME.toml`": TicketsFile,
    "### `[[cards]]`": Card,
    "### `[[cards.questions]]`": CardQuestion,
    "### `[[exam.questions]]`": SlotTable,
    "### `[[homework]]`": HomeworkEntry,
    "### `[[homework.assignments]]`": WorkEntry,
    "## `homework/<slug>/assignment.toml`": AssignmentFile,
    "### `forbidden`": ForbiddenAPI,
    "### `[limits]`": Limits,
    "### `[environment]`": Environment,
    "## `topics/<NN-slug>/topic.toml`": TopicFile,
    "### `[[prerequisites]]`": Prerequisite,
    "### `[[misconceptions]]`": Misconception,
    "### `[[figures]]`": Figure,
    "### `[seminar]`": SeminarTable,
    "### `[[questions]]`": Question,
    "### `[[questions.options]]`": Option,
    "### `[[questions.mistakes]]`": Mistake,
    "### `[[theory]]`": TheoryQuestion,
    "### `[[practice]]`": PracticalProblem,
    "### `[[problems]]`": HarderProblem,
    "### `[[entries]]`": ReadingEntry,
    "## `survey.toml`": SurveyFile,
    "### `[[scales]]`": Scale,
    "### `[[open]]`": OpenQuestion,
}


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_key_has_its_row(heading: str) -> None:
    section = PAGE.split(f"\n{heading}\n")[1].split("\n##")[0]
    first_cells = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    documented = {name.split(".")[-1].strip("[]") for cell in first_cells for name in re.findall(r"`(.+?)`", cell)}
    assert documented == set(SECTIONS[heading].model_fields)


def test_the_examples_are_a_course(root: Path) -> None:
    course, run, assignment = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (root / "course.toml").write_text(course, encoding="utf-8")
    (root / "runs/2023.toml").write_text(run, encoding="utf-8")
    (root / "homework/activations/assignment.toml").write_text(assignment, encoding="utf-8")
    loaded = load_course(root)
    assert loaded.runs["2023"].work("activations")[1].points == loaded.assignments["activations"].points
