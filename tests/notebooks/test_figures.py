"""Figures of a statement: which numbers something has to hold, and what holds them."""

from dataclasses import replace

import pytest

from kafedra.notebooks.figures import claims, figure_problems, figures
from kafedra.notebooks.percent import Cell
from kafedra.notebooks.rules import rules, without_marks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Хе — 95 %, Ксавье — 24\u00a0%", [95, 24]),
        ("выросла с 64 до 89 %; рамки на 5–6 %", [64, 89, 5, 6]),
        ("вышло 97,3 ± 0,6 и около 98", [97.3, 0.6, 98]),
        (r"$\sigma \approx 0{,}0632$, $2^{15} \approx 33\,000$ и $\approx 10^{-9}$", [0.0632, 33000, 1e-9]),
        ("вдвое больше, в тридцать раз, в 1,1 раза", [2, 30, 1.1]),
        ("в шесть с половиной раз, до десяти раз, двадцать секунд", [6.5, 10, 20]),
        ("не больше 500 000 и не больше чем на 2 пункта за 120 секунд", [500_000, 2, 120]),
        ("about 0.65 of them, 20 seconds", [0.65, 20]),
        ("обучим три раза, на трёх запусках", []),
        ("восемь эпох, батч 50, формы $(7, 3)$, от 0 до 9, `0.5`, в этот раз, 14.9.23", []),
        ("[Glorot, 2010](https://arxiv.org/abs/1502.01852)", []),
    ],
)
def test_numbers_that_may_turn_out_otherwise_are_figures(text: str, found: list[float]) -> None:
    assert [value for _, value in figures(text)] == pytest.approx(found)


def prose(*lines: str) -> list[Cell]:
    return [Cell("markdown", "\n".join(lines), line=10)]


def test_a_figure_has_to_stand_in_a_mark_of_its_paragraph() -> None:
    cells = prose(
        "Вышло 95 %. <!-- = 0.95 < mean(shares) -->",
        "Без слоя — 24 %,",
        "с шагом 0,1. <!-- = mean(plain) < 0.25 and given(0.1) -->",
        "",
        "И 30 %.",
        "* вдвое <!-- = 2 * -->",
    )
    assert list(figure_problems(cells)) == [
        (11, "«24 %» does not stand in its mark, mean(plain) < 0.25 and given(0.1)"),
        (14, "nothing holds «30 %»: say what does, <!-- = 0.9 <= mean(shares) -->"),
        (15, "<!-- = 2 * --> is no expression of Python"),
    ]


def test_figures_of_the_authors_own_answers_are_held_too() -> None:
    [cell] = prose("1. Около 60 %.")
    answer = replace(cell, tags=("solution",))
    assert [line for line, _ in figure_problems([answer])] == [10]


def test_points_of_a_table_are_no_figures_and_other_rows_are() -> None:
    points = prose(
        "| что | баллы |", "|---|---|", "| сеть | 0,5 |", "", "| сеть | нужно |", "|---|---|", "| A | 65 % |"
    )
    assert [line for line, _ in figure_problems(points)] == [16]


def test_readers_see_no_mark_and_a_rule_keeps_its_own() -> None:
    source = "**Порог.** Не меньше 90 %. <!-- test_accuracy -->\n<!-- = test_network.ACCURACY == 0.9 -->"
    cells = prose(*source.split("\n"))
    assert without_marks(source) == "**Порог.** Не меньше 90 %."
    assert [(rule.text, rule.held_by) for rule in rules(cells)] == [("Порог. Не меньше 90 %.", ("test_accuracy",))]
    assert [claim.expression for claim in claims(cells)] == ["test_network.ACCURACY == 0.9"]
