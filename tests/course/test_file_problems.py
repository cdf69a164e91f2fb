"""A file that can't be read or isn't TOML is a problem like any other, with its place."""

from pathlib import Path

import pytest

from kafedra.course import CourseError, load_course

NAMED = "--course names the folder of the course"


def problems_in(root: Path) -> list[str]:
    with pytest.raises(CourseError) as caught:
        load_course(root)
    return [str(problem) for problem in caught.value.problems]


def test_no_course_toml(root: Path) -> None:
    (root / "course.toml").unlink()
    assert problems_in(root) == [f"course.toml: there is no such file in {root}; {NAMED}"]


def test_no_folder_at_all(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert problems_in(nowhere) == [f"course.toml: there is no such file in {nowhere}; {NAMED}"]


def test_a_folder_in_place_of_a_file(root: Path) -> None:
    (root / "runs/2024.toml").mkdir()
    assert problems_in(root) == ["runs/2024.toml: must be a file, it is a folder"]


def test_another_encoding(root: Path) -> None:
    (root / "runs/2023.toml").write_bytes('slug = "2023"\ntitle = "Прогон"\n'.encode("cp1251"))
    assert problems_in(root) == [
        "runs/2023.toml:2: must be saved as UTF-8; byte 0xcf doesn't belong to it",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'slug = "2023"\ntitle = прогон\n',
            "2: 'title = прогон' — not valid TOML, column 9: there is no such value; "
            "text needs quotes, and true and false are written small",
        ),
        ("a = 1\na = 2\n", "2: 'a = 2' — not valid TOML, column 6: this key is already defined above"),
        ("[a]\n[b]\n[a]\n", "3: '[a]' — not valid TOML, column 3: this table is already defined above"),
        (
            'a = "b\nc = 1\n',
            "1: 'a = \"b' — not valid TOML, column 7: the text in quotes must end on the line where it begins",
        ),
        ("a\n", "1: 'a' — not valid TOML, column 2: the key must be followed by = and a value"),
        ("a = 2023-02-30\n", "1: 'a = 2023-02-30' — not valid TOML, column 5: there is no such day or time"),
        (
            "a = [\n1,\n2,\n\n",
            "3: '2,' — not valid TOML: the file ends too early: a bracket or a quote is not closed",
        ),
        ("a = " + "[" * 10_000, None),
    ],
)
def test_a_slip_in_the_syntax(root: Path, text: str, expected: str | None) -> None:
    (root / "runs/2023.toml").write_text(text, encoding="utf-8")
    wanted = "runs/2023.toml: lists are nested too deeply" if expected is None else f"runs/2023.toml:{expected}"
    assert problems_in(root) == [wanted]
