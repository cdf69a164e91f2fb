"""`kafedra course check` reads the texts: each mistake with its file and line."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.course.topic_files import BLITZ, LECTURE, SEMINAR

from kafedra.cli import main
from kafedra.materials import materials_problems
from kafedra.materials.checking import formulas_in

FOLDER = "topics/01-backprop"
LONG = (
    LECTURE + "\nЧисла: {{ best_h:.0e }}.\n\n![Граф](pictures/graph.svg)\n\n## Почему граф\n\n[выше](#pochemu-graf)\n"
)
PICTURES = "def graph():\n    ...\n"


def said(course_folder: Path) -> list[str]:
    return [str(problem) for problem in materials_problems(course_folder)]


def test_right_texts_have_no_problems(topic, course_folder: Path) -> None:
    topic(lecture_md=LONG, pictures_py=PICTURES)
    assert said(course_folder) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"lecture_md": LONG + "\nтекст\nи $\\nosuch x$\n"},
            f"{FOLDER}/lecture.md:14: formula: '\\nosuch x' — can't be read: Unknown command \"\\nosuch\"",
        ),
        (
            {"lecture_md": LONG + "\n$$\nx \\\\\n\\frac{\n$$\n"},
            f"{FOLDER}/lecture.md:13: formula:",
        ),
        (
            {"seminar_py": SEMINAR.replace("# # Семинар", "# # Семинар\n#\n# $\\frac{$")},
            f"{FOLDER}/seminar.py:4: formula: '\\frac{{' — can't be read:",
        ),
        (
            {"blitz_toml": BLITZ.replace("\\\\frac{dL}{dx}", "\\\\frac{dL}")},
            f"{FOLDER}/blitz.toml:4: questions[0].text: '\\frac{{dL}}' — can't be read:",
        ),
        (
            {"lecture_md": LONG.replace("best_h", "worst_h")},
            f"{FOLDER}/lecture.md:5: number: 'worst_h' — must be a variable that a cell of seminar.py sets",
        ),
        (
            {"lecture_md": LONG.replace(".0e", "zz")},
            f"{FOLDER}/lecture.md:5: number: 'zz' — no format that Python has: .2f, .0e, .1%, d",
        ),
        (
            {"lecture_md": LONG.replace("![Граф]", "![]")},
            f"{FOLDER}/lecture.md:7: figure: 'pictures/graph.svg' — must have words for who can't see it:",
        ),
        (
            {"lecture_md": LONG.replace("(#pochemu-graf)", "(#pochemu-grafy)")},
            f"{FOLDER}/lecture.md:11: link: '#pochemu-grafy' — there is no such heading here: "
            "did you mean '#pochemu-graf'?",
        ),
        (
            {"lecture_md": "Без заголовка\n"},
            f"{FOLDER}/lecture.md:1: must begin with the chapter's title: # …",
        ),
    ],
)
def test_a_mistake_is_said_with_its_place(topic, course_folder: Path, changed: dict[str, str], expected: str) -> None:
    topic(**{"lecture_md": LONG, "pictures_py": PICTURES, **changed})
    (problem,) = said(course_folder)
    assert problem.startswith(expected), problem


def test_the_command_says_it(topic, course_folder: Path) -> None:
    topic(lecture_md=LONG.replace("graph.svg", "other.svg") + "\n$\\frac{$\n", pictures_py=PICTURES)
    result = CliRunner().invoke(main, ["course", "check", "--course", str(course_folder)])
    assert result.exit_code == 1
    assert "lecture.md:7: link: 'pictures/other.svg' — leads to a file that is not there" in result.output
    assert "lecture.md:13: formula: '\\frac{' — can't be read" in result.output


@pytest.mark.parametrize(("drawer", "found"), [("list[Figure]", True), ("Figure", False)])
def test_a_frame_is_known_where_a_list_is_drawn(topic, course_folder: Path, drawer: str, found: bool) -> None:
    frames = PICTURES + f"\n\ndef steps() -> {drawer}:\n    return [graph()]\n"
    block = "\n::: frames По шагам\n![Первый](pictures/steps_0.svg)\n:::\n"
    topic(lecture_md=LONG + block, pictures_py=frames)
    result = CliRunner().invoke(main, ["course", "check", "--course", str(course_folder)])
    assert ("'pictures/steps_0.svg' — leads to a file" in result.output) is not found


def test_formulas_are_found_where_they_are() -> None:
    text = "a $x$\nb $y$ `$no$`\n\n$$\nz\n$$\n\n```\n$no$\n```\n\n| $p$ | $q$ |\n|---|---|\n| 1 | $r$ |\n"
    assert list(formulas_in(text)) == [
        (1, "x", False), (2, "y", False), (4, "\nz\n", True), (12, "p", False), (12, "q", False), (14, "r", False),
    ]  # fmt: skip
