"""The course corrects a test and the statement after students have accepted the assignment."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.journeys.browser import text_of
from tests.journeys.server import KAFEDRA, OPEN_RUN, Server
from tests.journeys.student import ASSIGNMENT, Clone, Student

PUBLISH = ("assignment", "publish", "activations", "--run", OPEN_RUN)
NOTE = "В тесте ReLU не было нуля. Кого это касается: всех."
TOLD = "курс обновил задание"
SMALL = True
LETTER = "ОБНОВЛЕНИЯ.md"
PULL = ("pull", "--no-rebase", "--no-edit")


def _accepted(server: Server, login: str, folder: Path) -> tuple[Student, Clone]:
    student = Student(server, login)
    student.accept()
    return student, student.clone(folder / login)


def _corrected(course: Path) -> None:
    """Another input in a public test, a sentence more in the statement, a new public file of tests."""
    root = course / "homework" / "activations"
    test = root / "tests" / "test_forward.py"
    test.write_text(test.read_text(encoding="utf-8").replace("(-3, 0, 5)", "(-3, 0, 5, 7)"), encoding="utf-8")
    statement = root / "notebook.py"
    text = statement.read_text(encoding="utf-8")
    statement.write_text(text.replace("применяют к числу.", "применяют к числу, и к нулю тоже."), encoding="utf-8")


def _check(clone: Clone) -> str:
    done = subprocess.run([KAFEDRA, "check"], cwd=clone.folder, capture_output=True, text=True, check=False)
    return done.stderr


def test_a_correction_reaches_everybody(server: Server, course: Path, tmp_path: Path) -> None:
    anna, solved = _accepted(server, "anna", tmp_path)
    _boris, careless = _accepted(server, "boris", tmp_path)
    _vera, idle = _accepted(server, "vera", tmp_path)
    solved.solve()
    assert "обновил" not in solved.push().words
    probes, readme = careless.folder / "probes.py", careless.folder / "README.md"
    test = careless.folder / "tests" / "test_forward.py"
    test.write_text("# мои мысли\n" + test.read_text(encoding="utf-8"), encoding="utf-8")
    readme.write_text(readme.read_text(encoding="utf-8") + "\nКупить хлеб.\n", encoding="utf-8")
    careless.commit()
    said = careless.push().words
    assert "Изменены защищённые файлы: tests/test_forward.py." in said, "a note of one's own in README is none"
    assert not _check(idle)

    _corrected(course)
    server.stop()
    server.start()
    seen = server.run(*PUBLISH, "--dry-run")
    assert seen.returncode == 0, seen.stderr
    assert "3 students (anna, boris, vera)" in seen.stdout
    assert "changed  tests/test_forward.py" in seen.stdout
    assert "statement, cell 1: … параметров, который применяют к числу, и к нулю тоже." in seen.stdout
    assert "0 gain, 0 lose" in seen.stdout
    assert TOLD not in anna.news(), "a dry run tells nobody"
    done = server.run(*PUBLISH, "--note", NOTE)
    assert done.returncode == 0, done.stderr
    again = server.run(*PUBLISH, "--note", NOTE)
    assert again.returncode == 1
    assert "nothing was published" in again.stderr
    assert TOLD in anna.news()
    assert "и к нулю тоже" in text_of(anna.browser.get(f"/{OPEN_RUN}/assignments/activations/"))

    # Whoever does not pull pushes on as before, and is told.
    assert re.search(r"tests/test_forward\.py\. .*git pull --no-rebase --no-edit", " ".join(_check(solved).split()))
    notebook = solved.notebook.read_bytes()
    solved.commit()
    said = solved.push().words
    assert "1 из 1" in said
    assert "Курс обновил это задание" in said
    assert "защищённые" not in said, "an old test of the course's is no change of the student's"

    # Work that is not pushed yet is merged with the new version.
    (solved.folder / "notes.txt").write_text("?", encoding="utf-8")
    solved.commit()
    pulled = solved.git(*PULL)
    assert pulled.code == 0, pulled.text
    assert "(-3, 0, 5, 7)" in (solved.folder / "tests" / "test_forward.py").read_text(encoding="utf-8")
    assert solved.notebook.read_bytes() == notebook
    told = (solved.folder / LETTER).read_text(encoding="utf-8")
    assert NOTE in told
    assert "и к нулю тоже" in told
    assert not _check(solved)
    said = solved.push().words
    assert "1 из 1" in said
    assert "обновил" not in said
    assert "защищённые" not in said
    before = solved.git("rev-parse", "HEAD").text
    assert solved.git(*PULL).code == 0
    assert solved.git("rev-parse", "HEAD").text == before, "what was taken is not offered again"

    # What a student wrote into a file of the course is kept beside it.
    assert careless.git(*PULL).code == 0
    assert "(-3, 0, 5, 7)" in test.read_text(encoding="utf-8")
    assert "мои мысли" in test.with_name("test_forward.py.моё").read_text(encoding="utf-8")
    assert "Купить хлеб" in readme.read_text(encoding="utf-8")
    assert probes.exists()

    # Whoever has done nothing yet goes forward, and whoever clones now has it at once.
    assert idle.git("pull", "--ff-only").code == 0
    assert (idle.folder / LETTER).exists()
    late = Clone(tmp_path / "again", ASSIGNMENT)
    assert (
        idle.git("clone", "--quiet", idle.git("remote", "get-url", "origin").text.strip(), str(late.folder)).code == 0
    )
    assert (late.folder / LETTER).exists()
    assert late.git("branch", "--all").text.count("origin/") == 3, "main alone, and where HEAD points"

    instructor = Student(server, "osip", role="instructor")
    page = text_of(instructor.browser.get(f"/{OPEN_RUN}/assignments/activations/update/"))
    assert "1 из 3" in page, "only Anna has pushed with it"
    assert NOTE in page


def test_staff_reads_what_the_student_has_pushed(server: Server, tmp_path: Path) -> None:
    """After the correction of the test above: main itself, and nothing of the namespaces."""
    osip = Student(server, "gleb", role="instructor")
    listed = Clone(tmp_path).git("ls-remote", osip.address("boris")).text
    assert "namespaces" not in listed
    boris = Clone(tmp_path).git("clone", "--quiet", osip.address("boris"), str(tmp_path / "boris"))
    assert boris.code == 0, boris.text
    assert not (tmp_path / "boris" / LETTER).exists()


def test_what_check_asks_tells_nobody_a_secret(server: Server) -> None:
    address = f"{server.base_url}/{OPEN_RUN}/assignments/activations/edition.json"
    with urllib.request.urlopen(address, timeout=60) as answer:
        told = json.loads(answer.read())
    assert set(told) == {"published_at", "files", "python", "modules", "packages"}
    assert told["python"] == "{}.{}".format(*sys.version_info)
    assert set(told["packages"]) <= {"numpy", "torch"}
    assert {"IPython", "json", "mpl_toolkits", "torch"} <= set(told["modules"])
    assert "tests/test_forward.py" in told["files"]
    assert not [name for name in told["files"] if "solution" in name or name.endswith(".ipynb")]
