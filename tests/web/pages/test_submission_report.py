"""The report of one submission: every test, and the arithmetic from its points to what counts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import source, text
from tests.web.reviews import works

from kafedra.grading.report import Outcome, TestReport
from kafedra.grading.report import Report as Verdict
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.services import verdicts

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e"


@pytest.fixture
def page(student: User, signed_in: SignIn) -> Client:
    return signed_in(student)


def address(submission: Submission) -> str:
    return f"/2023/submissions/{submission.pk}/"


def test_points_and_penalty_are_written_out(page: Client, run: Run, student: User) -> None:
    late = factories.graded(factories.repository(student, run), "0.35", factories.NOW - timedelta(hours=1))
    words = text(page.get(address(late)))
    assert "0.28 of 1 1 test of 2 passed 0.35 late by 2 started days: −20 % × 0.8 points = 0.28" in words
    assert "This submission counts." in words
    assert "kafedra check --seed 20230125" in words


def test_when_another_one_counts_it_says_which(page: Client, run: Run, student: User) -> None:
    repository = factories.repository(student, run)
    best = factories.graded(repository, "1")
    response = page.get(address(factories.graded(repository, "0.5", factories.NOW)))
    assert "Another one counts: 1" in text(response)
    assert f'<a href="{address(best)}">1</a>' in response.content.decode()


def test_a_failed_test_says_all_that_is_known(page: Client, run: Run, student: User) -> None:
    words = text(page.get(address(factories.graded(factories.repository(student, run), "0.35"))))
    assert "failed Большие значения не дают NaN hidden 0 of 0.65 MySigmoid()(x) содержит NaN" in words
    assert "Hint. exp(x) переполняется при больших x." in words


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_word(page: Client, run: Run, student: User, outcome: Outcome) -> None:
    test = TestReport(id="a::b", title="title", outcome=outcome, points=Decimal(0), max_points=Decimal(1))
    words = text(page.get(address(reported(student, run, test))))
    known = "passed failed exception out of time out of memory crashed forbidden no code"
    assert any(word in words.split("Tests ")[1] for word in known.replace("out of ", "").split())


def test_what_the_student_wrote_stays_text(page: Client, run: Run, student: User) -> None:
    test = TestReport(
        id=f"a::{HOSTILE}", title=HOSTILE, outcome=Outcome.ERROR, points=Decimal(0), max_points=Decimal(1),
        message=f"{HOSTILE}\n{HOSTILE}", hint=HOSTILE, traceback=HOSTILE,
    )  # fmt: skip
    submission = reported(student, run, test, notes=(HOSTILE,), output=HOSTILE)
    Submission.objects.filter(pk=submission.pk).update(protected_changes=[HOSTILE])
    whole = page.get(address(submission)).content.decode()
    assert "<script>alert" not in whole
    assert "<img src=x" not in whole
    assert whole.count("&lt;script&gt;") >= 7


def test_waiting_tells_the_place_in_the_queue_and_moves_on_by_itself(
    page: Client, run: Run, student: User, other_student: User
) -> None:
    factories.pushed(factories.repository(other_student, run), factories.NOW - timedelta(minutes=2))
    submission = factories.pushed(factories.repository(student, run), factories.NOW - timedelta(minutes=1))
    response = page.get(address(submission))
    assert "1 submission is ahead in the queue." in text(response)
    assert 'hx-trigger="every 1s"' in response.content.decode()
    htmx = {"HX-Request": "true"}
    assert page.get(address(submission), {"seen": "waiting-1"}, headers=htmx).status_code == 204
    verdicts.start_grading(submission=submission)
    assert "The tests are running" in text(page.get(address(submission), {"seen": "waiting-1"}, headers=htmx))


def test_a_fault_is_ours_and_only_staff_read_its_cause(
    page: Client, run: Run, student: User, assistant: User, signed_in: SignIn
) -> None:
    submission = factories.pushed(factories.repository(student, run))
    verdicts.start_grading(submission=submission)
    verdicts.store_fault(submission=submission, fault="/srv/secret: no space left")
    theirs, ours = page.get(address(submission)), signed_in(assistant).get(address(submission))
    for response in (theirs, ours):
        assert "The failure is ours, not yours: no points are lost." in text(response)
    assert "no space left" not in theirs.content.decode()
    assert "no space left" in ours.content.decode()


def test_a_number_of_another_run_is_not_found(page: Client, run: Run, student: User) -> None:
    submission = factories.graded(factories.repository(student, run))
    assert page.get(f"/2022/submissions/{submission.pk}/").status_code == 404


def reported(student: User, run: Run, *tests: TestReport, notes: tuple[str, ...] = (), output: str = "") -> Submission:
    submission = factories.pushed(factories.repository(student, run))
    verdicts.start_grading(submission=submission)
    verdict = Verdict(assignment="activations", seed=1, seconds=1.0, tests=tests, notes=notes, output=output)
    verdicts.store_report(submission=submission, report=verdict, grading_time=timedelta(seconds=1))
    return submission


UNREADABLE = "the notebook can't be read: not JSON"


def of_outcome(*outcomes: Outcome, message: str = "") -> tuple[TestReport, ...]:
    """A test for each outcome, worth a point."""
    return tuple(
        TestReport(
            id=f"a::t{number}", title=f"Property {number}", outcome=outcome, message=message, max_points=Decimal(1),
            points=Decimal(outcome is Outcome.PASSED),
        )
        for number, outcome in enumerate(outcomes, 1)
    )  # fmt: skip


def test_what_could_not_be_read_is_said_once(page: Client, run: Run, student: User) -> None:
    tests = of_outcome(*[Outcome.MISSING] * 4, message=UNREADABLE)
    words = text(page.get(address(reported(student, run, *tests, notes=("not JSON",)))))
    assert words.count("not JSON") == 1
    assert "So no test could run." in words
    assert "Property" not in words


def test_code_that_is_not_written_yet_is_named_test_by_test(page: Client, run: Run, student: User) -> None:
    tests = [*of_outcome(Outcome.MISSING, message="MyReLU"), *of_outcome(Outcome.MISSING, message="MyELU")]
    assert "So no test could run." not in text(page.get(address(reported(student, run, *tests))))


def test_in_a_long_report_links_lead_to_what_failed(page: Client, run: Run, student: User) -> None:
    tests = of_outcome(*[Outcome.PASSED] * 5, Outcome.FAILED, Outcome.ERROR)
    found = source(page.get(address(reported(student, run, *tests))))
    assert '<a href="#test-6">Property 6</a> · <a href="#test-7">Property 7</a>' in found
    assert 'id="test-6"' in found
    assert "#test-1" not in found


def test_where_most_fail_no_links_come_before_the_tests(page: Client, run: Run, student: User) -> None:
    tests = of_outcome(Outcome.PASSED, *[Outcome.FAILED] * 6)
    assert "#test-" not in page.get(address(reported(student, run, *tests))).content.decode()


def test_of_what_could_not_be_read_nothing_is_counted_repeated_or_reviewed(
    page: Client, run: Run, student: User
) -> None:
    tests = of_outcome(*[Outcome.MISSING] * 4, message=UNREADABLE)
    words = text(page.get(address(reported(student, run, *tests))))
    assert "0 tests of 4 passed" not in words
    assert "no test could run" in words
    assert "--seed" not in words
    assert "A person will read the work" not in words


def test_only_the_submission_that_counts_will_be_read(page: Client, run: Run, student: User) -> None:
    repository = factories.repository(student, run)
    best, other = factories.graded(repository, "1"), factories.graded(repository, "0.5", factories.NOW)
    assert "A person will read the work" in text(page.get(address(best)))
    assert "A person will read the work" not in text(page.get(address(other)))


def test_the_list_beside_the_report_moves_on_with_it(page: Client, run: Run, student: User) -> None:
    submission = factories.graded(factories.repository(student, run), "0.5")
    answer = page.get(address(submission), {"seen": "running-0"}, headers={"HX-Request": "true"}).content.decode()
    beside = answer[answer.index('id="pushes"') :]
    assert beside.index('hx-swap-oob="true"') < beside.index("tests 1/2")
    assert 'hx-swap-oob="true"' not in page.get(address(submission)).content.decode()


def test_the_report_comes_before_the_other_submissions(page: Client, run: Run, student: User) -> None:
    whole = page.get(address(factories.graded(factories.repository(student, run), "0.5"))).content.decode()
    assert whole.index('id="report"') < whole.index('id="pushes"')


def test_another_notebook_in_the_repository_is_named(page: Client, run: Run, student: User) -> None:
    repository = works.work(student, run)
    files = {name: works.notebook(works.SOLVED) for name in ("activations (1).ipynb", ".ipynb_checkpoints/x.ipynb")}
    words = text(page.get(address(works.handed_in(repository, files=files))))
    assert "The repository also has activations (1).ipynb; activations.ipynb was graded." in words
    alone = works.handed_in(works.work(factories.person("clara", run=run), run))
    assert "The repository also has" not in text(page.get(address(alone)))


def test_next_in_the_queue_is_said_of_whose_submission(
    page: Client, run: Run, student: User, assistant: User, signed_in: SignIn
) -> None:
    submission = factories.pushed(factories.repository(student, run))
    assert "Your submission is next in the queue." in text(page.get(address(submission)))
    assert "This submission is next in the queue." in text(signed_in(assistant).get(address(submission)))


def test_a_file_that_was_graded_in_place_of_the_notebook_is_named(page: Client, run: Run, student: User) -> None:
    files = {"activations (1).ipynb": works.notebook(works.SOLVED)}
    instead = works.handed_in(works.work(student, run), cells=(), files=files)
    words = text(page.get(address(instead)))
    assert "The repository has no activations.ipynb; activations (1).ipynb was graded instead." in words
