"""The words and columns of a verdict, for cases that are slow to bring about with real pushes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from tests.web import factories

from kafedra import policy
from kafedra.web.executor import Stage
from kafedra.web.people.models import User
from kafedra.web.pushes.answer import text
from kafedra.web.pushes.answer.facts import AnswerFacts, facts_of
from kafedra.web.runs.models import Run

DEADLINE = datetime(2023, 1, 30, 20, 59, 59, tzinfo=UTC)


@pytest.fixture
def facts(run: Run, student: User) -> AnswerFacts:
    return facts_of(factories.graded(factories.repository(student, run), "0.85").pk)


def scored(facts: AnswerFacts, late: timedelta, taken_off: str = "0") -> AnswerFacts:
    attempt = policy.Attempt(1, Decimal("0.85"), DEADLINE + late, timedelta(0), Decimal(taken_off))
    rules = policy.LatePolicy(Decimal(10), Decimal(30))
    return replace(facts, score=policy.score(attempt, DEADLINE, rules), deadline=DEADLINE)


def said(facts: AnswerFacts, language: str = "en") -> str:
    with translation.override(language):
        return " ".join(text.verdict(facts).split())


def test_the_sums_come_out_to_the_last_decimal(facts: AnswerFacts) -> None:
    assert "(0.85 − 0.0125) × (1 − 0.3) = 0.58625" in said(scored(facts, timedelta(days=5), "0.0125"))


def test_in_time_nothing_is_said_of_penalties(facts: AnswerFacts) -> None:
    assert "Penalty" not in said(facts)
    assert "this submission, 0.85 of 1" in said(facts)


def test_a_second_late(facts: AnswerFacts) -> None:
    words = said(scored(facts, timedelta(seconds=1)))
    assert "10 %: day 1 after the deadline, 30 January, 23:59" in words
    assert "0.85 × (1 − 0.1) = 0.765" in words


def test_a_date_stays_on_one_line(facts: AnswerFacts) -> None:
    assert "30\u00a0January,\u00a023:59" in text.verdict(scored(facts, timedelta(days=29.5)))


def test_a_month_late(facts: AnswerFacts) -> None:
    assert "30 %, the most there is: day 30 after the deadline" in said(scored(facts, timedelta(days=29.5)))


def test_points_taken_off_in_review_come_before_the_penalty(facts: AnswerFacts) -> None:
    words = said(scored(facts, timedelta(hours=30), taken_off="0.25"))
    assert "Review −0.25" in words
    assert "(0.85 − 0.25) × (1 − 0.2) = 0.48" in words


def test_enough_for_the_automat(facts: AnswerFacts) -> None:
    grade = replace(facts.standing.grade, automat=True)
    standing = replace(facts.standing, homework=Fraction("6.5"), grade=grade, missing_for_automat=Fraction(0))
    assert "O_hw = 6.5 of 14, enough for the automat" in said(replace(facts, standing=standing))


def test_russian_has_decimal_commas(facts: AnswerFacts) -> None:
    assert "0,85 × (1 − 0,1) = 0,765" in said(scored(facts, timedelta(seconds=1)), "ru")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_line_is_wider_than_72_columns(facts: AnswerFacts, language: str) -> None:
    long = replace(
        scored(facts, timedelta(days=40)),
        title="Очень длинное название задания, какого не бывает, но вдруг кто-нибудь такое придумает",
        protected_changes=tuple(f"tests/test_number_{number}.py" for number in range(12)),
    )
    with translation.override(language):
        assert max(map(len, text.verdict(long).splitlines())) <= 72


@pytest.mark.parametrize(
    ("stage", "refuses", "words"),
    [
        (Stage.RUNNING, False, "more than a minute"),
        (Stage.POSTPONED, False, "restarting"),
        (Stage.POSTPONED, True, "can't grade at the moment"),
        (Stage.FAULT, False, "the fault is ours"),
    ],
)
def test_without_a_verdict_there_are_a_reason_and_a_link(
    facts: AnswerFacts, stage: Stage, refuses: bool, words: str
) -> None:
    answer = " ".join(text.stored_only(facts, stage, refuses=refuses).split())
    assert words in answer
    assert facts.link in answer


def test_a_verdict_that_was_taken_over_says_from_where(facts: AnswerFacts) -> None:
    again = replace(facts, taken_from="4f2a91c")
    assert "The code is the same as in 4f2a91c" in said(again)
    assert "нового запуска не было" in said(again, "ru")
    assert "4f2a91c" not in said(facts)


def test_what_is_wrong_with_the_notebook_comes_before_the_tests(facts: AnswerFacts) -> None:
    assert facts.report is not None
    report = facts.report.model_copy(update={"notes": ("Cell 7 was skipped",)})
    words = said(replace(facts, report=report, files=("The repository also has a (1).ipynb",)))
    assert words.index("The repository also has") < words.index("Cell 7 was skipped")
    assert words.index("Cell 7 was skipped") < words.index("Большие значения")
