"""A paper by the run's rule: repeatable, of one structure for everybody, nothing asked twice; a file to edit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kafedra.cli import main
from kafedra.course.exam_rule import ExamRule, ExamSlot
from kafedra.exam.bank import Part, Question
from kafedra.exam.drafting import DraftError, Paper, draft

COURSE = Path(__file__).parents[2] / "course"


def question(number: int, **more: object) -> Question:
    known = {"kind": "theory", "topic": number % 2 + 1, "difficulty": number % 3 // 2 + 1, "points": Decimal(2)} | more
    points = known.pop("points")
    assert isinstance(points, Decimal)
    parts = (Part(points, "all of it"),)
    return Question(f"q{number}", known["kind"], known["topic"], f"idea {number}", known["difficulty"], "?", "!", parts)  # type: ignore[arg-type]  # as above


BANK = {one.slug: one for one in (*map(question, range(24)), *(question(n, kind="practice") for n in range(30, 36)))}
RULE = ExamRule(
    "exam", (ExamSlot("theory", (), (1, 2), each=2), ExamSlot("practice", (1, 2), (1, 2, 3), count=1)), variants=2
)


@given(st.integers(0, 500))
def test_any_seed_gives_a_paper_of_one_structure(seed: int) -> None:
    paper = draft(BANK, RULE, seed=seed)
    assert draft(BANK, RULE, seed=seed) == paper
    assert [row[0].kind for row in paper.rows] == ["theory"] * 4 + ["practice"]
    assert sorted(row[0].topic or 0 for row in paper.rows[:4]) == [1, 1, 2, 2]
    assert len({one.slug for row in paper.rows for one in row}) == 10
    assert {sum(one.points for one in paper.variant(n)) for n in range(2)} == {paper.points}
    assert list(paper.problems()) == []


def test_seeds_differ() -> None:
    assert len({draft(BANK, RULE, seed=seed).rows for seed in range(10)}) > 5


def test_no_idea_comes_twice() -> None:
    twins = {slug: replace(one, idea="the same  Thought") for slug, one in BANK.items() if one.kind == "theory"}
    with pytest.raises(DraftError, match="too few questions for theory"):
        draft(twins, replace(RULE, slots=(ExamSlot("theory", (), (1, 2), count=1),)), seed=1)


def test_too_little_says_what_there_is_and_what_to_do() -> None:
    with pytest.raises(DraftError) as told:
        draft(BANK, replace(RULE, variants=9), seed=1)
    for words in ("takes 9 of one topic", "× practice of topic 1, difficulty 1, 2 points", "take fewer variants"):
        assert words in str(told.value)


def test_a_question_changed_by_hand_has_to_fit() -> None:
    paper = draft(BANK, RULE, seed=3)
    offered = paper.alternatives(0, 1, BANK)
    assert offered
    for other in offered:
        assert list(paper.with_question(0, 1, other).problems()) == []
    with pytest.raises(DraftError, match="points"):
        paper.with_question(0, 1, question(99, points=Decimal(5)))
    with pytest.raises(DraftError, match="already"):
        paper.with_question(0, 1, paper.rows[0][0])


def test_a_question_survives_as_data() -> None:
    assert all(Question.of_data(one.as_data()) == one for one in BANK.values())
    assert Paper(()).points == 0


def test_the_command_draws_and_refuses_an_edit_that_does_not_fit(tmp_path: Path) -> None:
    file = tmp_path / "draft.toml"
    run = CliRunner().invoke
    drawn = run(main, ["exam", "draft", "2023", "--seed", "4", "-o", str(file), "--course", str(COURSE)])
    assert drawn.exit_code == 0, drawn.output
    again = run(main, ["exam", "draft", "2023", "--seed", "4", "--course", str(COURSE)])
    assert again.output == file.read_text(encoding="utf-8")
    assert file.read_text(encoding="utf-8").count("[[questions]]") >= 6
    people = tmp_path / "people.csv"
    people.write_text("name,login,group\nЮлия Ёлкина,yulia,201\n", encoding="utf-8")
    broken = tmp_path / "broken.toml"
    broken.write_text(file.read_text(encoding="utf-8").replace("variants = [", 'variants = ["no-such", ', 1), "utf-8")
    refused = run(
        main, ["exam", "print", str(broken), "--people", str(people), "-o", str(tmp_path), "--course", str(COURSE)]
    )
    assert refused.exit_code == 1
    assert "the bank has no question no-such" in refused.output
    assert run(main, ["exam", "draft", "1999", "--course", str(COURSE)]).exit_code == 2
    printed = run(
        main, ["exam", "print", str(file), "--people", str(people), "-o", str(tmp_path), "--course", str(COURSE)]
    )
    assert printed.exit_code == 0, printed.output
    assert all((tmp_path / f"{name}.pdf").read_bytes()[:4] == b"%PDF" for name in ("papers", "key", "seats"))
