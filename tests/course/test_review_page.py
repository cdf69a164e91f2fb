"""`review.md`: the guide for reviewers, and where the comment bank of an assignment starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.course.review_page import parse_review_page, read_review_page

COURSE = Path(__file__).resolve().parents[2] / "course"

PAGE = """\
# Ревью

Смотрите на **циклы**.

## Сколько снимать

| что | снять | почему |
|---|---|---|
| цикл по элементам | 0,2 | это $O(n)$ вызовов |
| копия | −0.05 | |
| совет | 0 | мелочь |
| списано | всё | по правилам |

| тест | баллы |
|---|---|
| один | 1 |

## Комментарии про запас

* `nice` — формула записана
  один раз. Так и надо.
* «Хорошо: объяснено».
* Скажите «да» и «нет».

## Ещё

- это уже не комментарий
"""


def test_rows_with_points_and_items_of_the_list_are_entries() -> None:
    found = [(entry.text, str(entry.taken_off)) for entry in parse_review_page(PAGE).entries]
    assert found == [
        ("Цикл по элементам. Это $O(n)$ вызовов.", "0.2"),
        ("Копия.", "0.05"),
        ("Совет. Мелочь.", "0"),
        ("Формула записана\nодин раз. Так и надо.", "0"),
        ("Хорошо: объяснено", "0"),
        ("Скажите «да» и «нет».", "0"),
    ]


def test_the_guide_is_everything_else() -> None:
    guide = parse_review_page(PAGE).guide
    assert guide.startswith("Смотрите на **циклы**.")
    assert "| списано | всё |" in guide
    assert "это уже не комментарий" in guide
    assert "Так и надо" not in guide


@given(st.text(alphabet="#|-*` \nбанкснять0,2—«»", max_size=120))
def test_any_text_is_a_page(text: str) -> None:
    assert all(entry.text and entry.taken_off >= 0 for entry in parse_review_page(text).entries)


def test_without_a_file_there_is_an_empty_page(tmp_path: Path) -> None:
    assert read_review_page(tmp_path).entries == ()


@pytest.mark.parametrize("file", sorted(COURSE.glob("homework/*/review.md")), ids=lambda file: file.parent.name)
def test_the_courses_own_pages_have_a_guide_and_entries(file: Path) -> None:
    page = read_review_page(file.parent)
    assert page.guide
    assert any(entry.taken_off for entry in page.entries)
    assert all(entry.taken_off <= 1 for entry in page.entries)
