"""The same path with PostgreSQL instead of SQLite. Skipped where PostgreSQL is not installed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.journeys import postgresql
from tests.journeys.conftest import NewStudent
from tests.journeys.server import SMALL_ASSIGNMENT, Server, eventually
from tests.journeys.student import Student, slowed

SMALL = True
SLOW = slowed((SMALL_ASSIGNMENT / "solutions" / "by_hand.py").read_text(encoding="utf-8"), 2)
ROOT = Path(__file__).resolve().parents[2]
# Each write of each room once, and a path through what counts points. `PYTEST_…` would make workers of these, too.
IN_THE_ROOMS = (
    "test_every_write_is_recorded.py::test_a_write_leaves_a_line",
    "standings/test_kept.py",
    "exams/test_exam.py::test_killed_while_it_publishes_it_has_published_nothing_and_publishes_again",
    "exams/test_second.py::test_a_difference_is_decided_by_a_third_or_an_instructor",
    "recordbook/test_record_book.py::test_a_decision_with_a_reason_lets_the_grade_follow",
    "integrity/test_cases.py::test_decision_and_reversal_show_first_what_they_move",
    "api/test_reading.py::test_the_gradebook_and_the_roster",
    "api/test_reading.py::test_submissions_come_in_pages",
    "webhooks/test_webhooks.py::test_a_review_and_a_deadline_are_told_of_too",
    "frame/test_nulls.py",
    "people/test_joining.py::test_from_the_form_to_the_course",
    "people/test_people_page.py::test_the_list_is_narrowed",
    "people/test_sign_in_links.py::test_a_letter_lets_its_owner_in_once",
    "surveys/test_results.py::test_what_was_heard_stands_on_the_next_topics_page",
    "blitz/test_playing.py::test_the_results_say_which_question_failed_and_whom_a_wrong_option_drew",
    "blitz/test_practice.py::test_the_first_answer_counts_and_an_attempt_goes_on_where_it_was_left",
    "questions/test_questions.py::test_search_finds_other_forms_of_the_words",
    "materials/test_visitors.py::test_visitors_practise_a_public_topic_and_nothing_is_kept",
)
pytestmark = pytest.mark.skipif(not postgresql.INSTALLED, reason="PostgreSQL is not installed")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The URL of a fresh one."""
    with postgresql.cluster() as url:
        yield url


@pytest.fixture(scope="module")
def server(database: str, course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("data"), course, KAFEDRA_DATABASE_URL=database)
    running.start()
    yield running
    running.stop()


def test_push_to_verdict(new_student: NewStudent) -> None:
    student, clone = new_student()
    clone.solve()
    assert "эта посылка, 1 из 1" in clone.push().text
    assert not (student.server.data / "kafedra.sqlite3").exists()


def test_two_at_once(new_student: NewStudent) -> None:
    clones = [new_student()[1] for _ in range(3)]
    for clone in clones:
        clone.solve()
    processes = [clone.start("push") for clone in clones]
    assert all("1 из 1" in process.communicate(timeout=200)[0] for process in processes)


def test_killed_in_the_middle_of_grading(server: Server, new_student: NewStudent) -> None:
    student, clone = new_student()
    clone.solve(SLOW)
    process = clone.start("push")
    assert process.stdout is not None
    next(line for line in process.stdout if "идёт проверка" in line)
    server.stop(signal.SIGKILL)
    process.communicate(timeout=200)
    server.start()
    eventually(lambda: _points(student) == "1")


def test_what_rooms_write_and_read(database: str) -> None:
    chosen = [f"tests/web/{one}" for one in IN_THE_ROOMS]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *chosen],
        cwd=ROOT, env={**plain, "KAFEDRA_DATABASE_URL": database}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-8000:]


def _points(student: Student) -> str:
    page = student.browser.get(f"/{student.run}/grades/")
    return "1" if ">1<" in page.replace(" ", "") else ""
