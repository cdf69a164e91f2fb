"""From an invitation to points in the gradebook, through the doors that people use."""

from __future__ import annotations

import csv
import re
import subprocess
from pathlib import Path

from tests.journeys.browser import Browser, text_of
from tests.journeys.conftest import NewStudent
from tests.journeys.server import KAFEDRA, LATE_RUN, OPEN_RUN, Server
from tests.journeys.student import OVERFLOWING, SOLUTION, Clone, Student


def in_gradebook(instructor: Student, login: str) -> dict[str, str]:
    """The row of one student."""
    table = instructor.browser.get(f"/{instructor.run}/gradebook/export.csv").lstrip("\ufeff")
    dialect = csv.Sniffer().sniff(table.splitlines()[0], delimiters=";,\t")
    rows = [row for row in csv.DictReader(table.splitlines(), dialect=dialect) if login in row.values()]
    assert len(rows) == 1, table
    return rows[0]


def test_the_verdict_comes_into_the_terminal(new_student: NewStudent) -> None:
    _student, clone = new_student()
    clone.solve(OVERFLOWING)
    first = clone.push()
    assert first.code == 0
    assert "Функции активации" in first.text
    assert "✗" in first.text
    assert "✓" in first.text
    assert "NaN" in first.text
    assert "эта посылка" in first.text
    assert f"/{OPEN_RUN}/submissions/" in first.text
    assert "Штраф" not in first.text
    clone.solve(SOLUTION)
    second = clone.push()
    assert "✗" not in second.text
    assert "эта посылка, 1 из 1" in second.text
    assert "O_hw = 1 из 14, до автомата ещё 5" in second.text


SLOW = SOLUTION.replace("positive = x >= 0\n", "positive = [__import__('time').sleep(0.6), x >= 0][1]\n")


def test_a_long_grading_counts_its_tests_while_they_end(new_student: NewStudent) -> None:
    assert SLOW != SOLUTION
    _student, clone = new_student()
    clone.solve(SLOW)
    said = clone.push().text
    assert re.search(r"идёт проверка.*\d с, тестов пройдено: [1-9]\d*[^\n]* ….*эта посылка", said, re.DOTALL), said


def test_what_is_lost_is_told_while_a_long_grading_goes_on(new_student: NewStudent) -> None:
    _student, clone = new_student()
    clone.solve(SLOW.replace("Piecewise.apply(x, torch.zeros_like,", "Piecewise.apply(x, torch.ones_like,"))
    early, verdict = re.split("─{60,}", clone.push().text)[:2]
    line = re.compile(r"✗ ReLU.*0 из 0,1\s.*MyReLU\(\)\(x\)", re.DOTALL)
    assert line.search(early), early
    assert line.search(verdict), verdict


def test_lines_fit_a_terminal_of_80_columns(new_student: NewStudent) -> None:
    _student, clone = new_student(LATE_RUN)
    clone.solve(OVERFLOWING)
    for line in clone.push().text.splitlines():
        assert len(line.rstrip()) <= 80 or "http" in line, line


def test_the_late_penalty_is_in_words_and_in_figures(new_student: NewStudent) -> None:
    student, clone = new_student(LATE_RUN)
    clone.solve()
    said = clone.push().words
    assert "30 %, больше не бывает" in said.replace("\u202f", " ")
    assert "30 января 2023, 23:59" in said
    assert "1 × (1 − 0,3) = 0,7" in said
    assert "0,7" in text_of(student.browser.get(f"/{LATE_RUN}/grades/"))


def test_the_points_stand_in_both_books(server: Server, new_student: NewStudent) -> None:
    student, clone = new_student(LATE_RUN)
    clone.solve()
    answer = clone.push()
    link = next(word for word in answer.text.split() if "/submissions/" in word)
    assert "0,7" in text_of(student.browser.get(link))
    instructor = Student(server, f"teacher-of-{student.login}", LATE_RUN, role="instructor")
    row = in_gradebook(instructor, student.login)
    assert row["Функции активации"] == "0,7"
    stranger = Browser(server.base_url)
    assert "Функции активации" not in stranger.get(link), "strangers are asked to sign in"
    other, _clone = new_student(LATE_RUN)
    assert other.browser.status(link) == 404


def test_an_earlier_and_better_submission_counts(new_student: NewStudent) -> None:
    _student, clone = new_student()
    clone.solve()
    best = clone.push()
    commit = clone.git("rev-parse", "--short=7", "HEAD").text.strip()
    assert "1 из 1" in best.text
    clone.solve(OVERFLOWING)
    assert f"прежняя посылка ({commit}), 1 из 1" in clone.push().text


def test_english_for_whoever_chose_it(server: Server, tmp_path: Path) -> None:
    student = Student(server, "mary", OPEN_RUN)
    student.browser.submit("/language/", "/account/", language="en")
    student.accept()
    clone = student.clone(tmp_path / "mary")
    clone.solve()
    said = clone.push().text
    assert "is stored. Grading" in said
    assert "this submission, 1 of 1" in said


PRINTING = OVERFLOWING.replace(
    "    def forward(self, x):\n", "    def forward(self, x):\n        print('вот x', x.ndim)\n"
)


def test_check_in_the_clone_says_the_same_before_the_push(server: Server, new_student: NewStudent) -> None:
    student, clone = new_student()
    clone.solve(PRINTING)
    wrong = check(clone)
    assert wrong.returncode == 1, wrong.stdout + wrong.stderr
    failed = [line.strip() for line in wrong.stdout.splitlines() if line.strip().startswith("✗")]
    assert failed
    pushed = clone.push().text
    assert all(line.split("  ")[0] in pushed for line in failed)
    link = re.search(rf"{server.base_url}(/\S*/submissions/\S+)", pushed)
    assert link
    page = text_of(student.browser.get(link[1]))
    for shown in (wrong.stdout, page):
        assert "вот x 2" in shown.partition("Что напечатал ваш код")[2]
    clone.solve(SOLUTION)
    assert check(clone).returncode == 0


def check(clone: Clone) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [KAFEDRA, "check"], cwd=clone.folder, capture_output=True, text=True, timeout=200, check=False
    )
