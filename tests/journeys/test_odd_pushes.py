"""Pushes that are taken though something about them is odd."""

from __future__ import annotations

import threading

from tests.journeys.browser import text_of
from tests.journeys.conftest import NewStudent
from tests.journeys.student import ASSIGNMENT, Result

WORKERS, SMALL = 2, True


def test_a_notebook_that_is_not_json(new_student: NewStudent) -> None:
    _student, clone = new_student()
    notebook = clone.notebook
    notebook.write_bytes(notebook.read_bytes()[:-40])
    clone.commit()
    said = clone.push()
    assert said.code == 0
    assert "0 из 1" in said.text
    assert said.words.count("не читается как ноутбук") == 1, "the reason is said, and said once"
    clone.solve()
    assert "1 из 1" in clone.push().text


def test_protected_files_are_named_and_make_no_difference(new_student: NewStudent) -> None:
    student, clone = new_student()
    clone.solve((clone.assignment.root / "mutants" / "sigmoid_overflow.py").read_text(encoding="utf-8"))
    honest = clone.push()
    for test in (clone.folder / "tests").glob("test_*.py"):
        test.write_text("def test_nothing():\n    pass\n", encoding="utf-8")
    (clone.folder / "probes.py").unlink()
    clone.commit()
    said = clone.push()
    assert "Изменены защищённые файлы" in said.words
    assert "probes.py" in said.words
    assert "tests/test_forward.py" in said.words
    assert outcomes(said) == outcomes(honest)
    link = next(word for word in said.text.split() if "/submissions/" in word)
    assert "probes.py" in text_of(student.browser.get(link))


def outcomes(said: Result) -> list[str]:
    return [line for line in said.text.splitlines() if " ✓ " in line or " ✗ " in line]


def test_the_blank_notebook_earns_nothing_and_breaks_nothing(new_student: NewStudent) -> None:
    _student, clone = new_student()
    clone.commit()
    assert "0 из 1" in clone.push().text


def test_a_symbolic_link_is_no_notebook(new_student: NewStudent) -> None:
    _student, clone = new_student()
    notebook = clone.notebook
    notebook.unlink()
    notebook.symlink_to("/etc/passwd")
    clone.commit()
    said = clone.push()
    assert said.code == 0
    assert "символическая ссылка" in said.words
    assert "root:" not in said.text


def test_two_students_at_once(new_student: NewStudent) -> None:
    clones = [new_student()[1] for _ in range(4)]
    said: dict[int, Result] = {}

    def push(number: int) -> None:
        said[number] = clones[number].push()

    for clone in clones:
        clone.solve()
    threads = [threading.Thread(target=push, args=(number,)) for number in range(len(clones))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all("эта посылка, 1 из 1" in said[number].text for number in range(len(clones)))


def test_one_student_from_two_terminals_at_once(new_student: NewStudent) -> None:
    student, first = new_student()
    second = student.clone(first.folder.with_name(f"{student.login}-again"))
    for number, clone in enumerate((first, second)):
        (clone.folder / "notes.txt").write_text(f"терминал {number}")
        clone.solve()
    running = [clone.start("push") for clone in (first, second)]
    said = [Result(0, process.communicate(timeout=200)[0]) for process in running]
    codes = sorted(process.returncode for process in running)
    assert codes == [0, 1], [answer.text for answer in said]
    loser = first if running[0].returncode else second
    assert loser.git("pull", "--rebase", "--strategy-option=theirs", "--quiet").code == 0
    assert "1 из 1" in loser.push().text
    history = student.browser.get(f"/{student.run}/assignments/{ASSIGNMENT.slug}/")
    assert history.count("/submissions/") >= 2


def test_an_unchanged_push_says_so_and_grades_nothing(new_student: NewStudent) -> None:
    _student, clone = new_student()
    clone.solve()
    clone.push()
    assert "Everything up-to-date" in clone.push().text
