"""`kafedra assignment new --kind …`: each kind is proven at once, and what its author may get wrong is told."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kafedra.cli import main
from kafedra.course import load_assignment, load_course

KINDS = ("script", "files", "shell", "c", "essay")
NEEDS_GCC = pytest.mark.skipif(shutil.which("gcc") is None, reason="no C compiler here: its example can't be built")


def kafedra(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("teacher") / "course"
    assert kafedra("course", "new", folder, "--lang", "en").exit_code == 0
    for kind in KINDS:
        made = kafedra("assignment", "new", f"about-{kind}", "--kind", kind, "--course", folder)
        assert f"kafedra assignment verify about-{kind} --course {folder}" in made.output.replace("\n", " ")
        assert made.exit_code == 0, made.output
    return folder


def test_it_is_called_by_the_words_of_its_slug(course: Path) -> None:
    assert load_course(course).title.en == "Course"
    assert load_course(course).assignments["about-essay"].title.en == "About essay"


def test_commands_find_the_course_in_whose_folder_they_are_called(
    mistaken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KAFEDRA_COURSE", raising=False)
    monkeypatch.chdir(mistaken)
    made = kafedra("assignment", "new", "inside")
    assert made.exit_code == 0, made.output
    assert "kafedra assignment verify inside\n" in made.output
    assert (mistaken / "homework/inside/assignment.toml").exists()
    monkeypatch.chdir(mistaken / "homework")
    lost = kafedra("assignment", "new", "outside")
    assert lost.exit_code == 2
    assert "--course names the folder of the course" in lost.output


@pytest.fixture
def mistaken(course: Path, tmp_path: Path) -> Path:
    """A copy to make mistakes in."""
    return shutil.copytree(course, tmp_path / "course")


@pytest.mark.parametrize("kind", ["script", "files", "shell", pytest.param("c", marks=NEEDS_GCC), "essay"])
def test_every_kind_is_proven_at_once(course: Path, kind: str) -> None:
    proof = kafedra("assignment", "verify", f"about-{kind}", "--seeds", 1, "--workers", 1, "--course", course)
    assert proof.exit_code == 0, proof.output
    caught = "0 of 0" if kind == "essay" else r"1\d of 1\d"
    assert re.search(f"proven. mutants caught: {caught}", proof.output)


@NEEDS_GCC
def test_what_was_not_begun_is_told_in_words(mistaken: Path) -> None:
    mutant = "# what: the program as it was given\n# caught_by: test_build\n# phrase: the program printed nothing\n"
    whole = "# base: by_hand\n# replace: int main(void) { -> int main(void) { return 0;\n"
    (mistaken / "homework/about-c/mutants/blank.py").write_text(mutant + whole, "utf-8")
    proof = kafedra("assignment", "verify", "about-c", "--seeds", 1, "--workers", 1, "--course", mistaken)
    assert "mutants caught: 11 of 11" in proof.output, proof.output


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_course_of_them_is_in_order(course: Path, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "course"
    assert kafedra("course", "new", folder, "--lang", language).exit_code == 0
    for kind in KINDS:
        assert kafedra("assignment", "new", f"about-{kind}", "--kind", kind, "--course", folder).exit_code == 0
    checked = kafedra("course", "check", "--course", folder)
    assert checked.exit_code == 0, checked.output


def test_what_students_get_of_each(course: Path, tmp_path: Path) -> None:
    def given(kind: str) -> set[str]:
        place = tmp_path / kind
        built = kafedra("assignment", "build", f"about-{kind}", "--course", course, "-o", place)
        assert built.exit_code == 0, built.output
        return {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}

    always = {".gitignore", "README.md", "assignment.toml"}
    tested = {*always, "probes.py"}
    assert given("script") == {*tested, "about-script.py", "tests/test_standardize.py"}
    own = {"about-files.ipynb", "moments.py", "data/heights.csv", "data/spread.svg"}
    assert given("files") == {*tested, *own, "tests/test_standardize.py"}
    assert given("c") == {*tested, "standardize.c", "tests/test_standardize.py"}
    assert given("essay") == {*always, "essay.md"}
    assert "Write the program" in (tmp_path / "c" / "README.md").read_text("utf-8")
    assert "jupyter" not in (tmp_path / "c" / "README.md").read_text("utf-8").lower()
    assert "pip install" not in (tmp_path / "essay" / "README.md").read_text("utf-8")
    answers = (tmp_path / "c-solution" / "standardize.c").read_text("utf-8")
    assert "sqrt" in answers
    assert "raise" not in (tmp_path / "files-solution" / "moments.py").read_text("utf-8")
    blank = (tmp_path / "script" / "about-script.py").read_text("utf-8")
    compile(blank, "about-script.py", "exec")
    assert "NotImplementedError" in blank


def test_a_file_that_reaches_nobody_is_an_error_and_so_is_one_that_is_not_there(mistaken: Path) -> None:
    root = mistaken / "homework" / "about-files"
    (root / "data" / "weights.csv").write_text("kg\n", "utf-8")
    (root / "data" / "heights.csv").unlink()
    (root / "notes.txt").write_text("for me\n", "utf-8")
    (root / "starter" / "other.py").write_text("", "utf-8")
    (root / "solutions" / "by_hand" / "mean.py").write_text("", "utf-8")
    text = (root / "notebook.py").read_text("utf-8")
    (root / "notebook.py").write_text(text.replace("data/spread.svg", "data/sprad.svg"), "utf-8")
    said = kafedra("course", "check", "--course", mistaken).output
    assert "about-files/assignment.toml:11: data[0]: 'data/heights.csv' — there is no such file" in said
    assert "about-files/data/weights.csv: reaches nobody: name it in data" in said
    assert "about-files/notes.txt: reaches nobody" in said
    assert "about-files/starter/other.py: is given to students and not handed in" in said
    assert "about-files/solutions/by_hand/mean.py: is not handed in" in said
    assert re.search(
        r"about-files/notebook.py:\d+: link: 'data/sprad.svg' — leads to a file that students do not", said
    )


@pytest.mark.parametrize(
    ("kind", "before", "after", "says"),
    [
        ("c", 'files = ["standardize.c"]', "", "requires: is required: the names that the notebook must define, or"),
        ("c", '"standardize.c"', '"../standardize.c"', "must be a path in the repository"),
        ("c", '"standardize.c"', '"tests/test_x.py"', "no file that the course puts there itself"),
        ("c", '"gcc"', '"/usr/bin/gcc"', "must be the name of a program, without a folder"),
        ("files", '["moments.py"]', '["moments.py", "moments.py"]', "must come once, it is also in files"),
        ("script", '"about-script.py"', '"about-script.txt"', "must be a notebook or a Python file without a folder"),
    ],
)
def test_mistakes_in_what_is_handed_in(mistaken: Path, kind: str, before: str, after: str, says: str) -> None:
    description = mistaken / "homework" / f"about-{kind}" / "assignment.toml"
    text = description.read_text("utf-8")
    assert before in text
    description.write_text(text.replace(before, after), "utf-8")
    said = kafedra("course", "check", "--course", mistaken)
    assert said.exit_code == 1
    assert says in said.output


def test_an_essay_with_tests_is_told_that_no_test_marks_it(mistaken: Path) -> None:
    tests = mistaken / "homework" / "about-essay" / "tests"
    tests.mkdir()
    (tests / "test_it.py").write_text("def test_it():\n    pass\n", "utf-8")
    assert "has tests, and assignment.toml says by_hand" in kafedra("course", "check", "--course", mistaken).output


def test_modules_of_the_students_own_are_no_packages_to_install(course: Path) -> None:
    assert load_assignment(course / "homework" / "about-files").packages == ()
