"""The comment bank: where it starts, how it grows, how it is kept in order."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.web.reading import text
from tests.web.reviews.conftest import Reviewer

from kafedra.web.reviews.bank import entries, first_words
from kafedra.web.reviews.models import BankEntry

PAGE = "/2023/reviews/bank/activations/"


def test_it_starts_from_the_courses_file(reviewer: Reviewer) -> None:
    page = text(reviewer.client.get(PAGE))
    assert "−0.2 · not said yet · from the course's files Цикл Python по элементам." in page
    assert "Цикл Python по элементам" in reviewer.client.get(reviewer.desk).content.decode()


def test_what_takes_points_off_joins_it_when_it_is_published(reviewer: Reviewer) -> None:
    reviewer.comment("Скрытая **квадратичность**", taken_off="0.15")
    reviewer.comment("Анна, вы молодец")
    assert not BankEntry.objects.exists()
    reviewer.publish()
    assert [(one.text, one.taken_off) for one in BankEntry.objects.all()] == [
        ("Скрытая **квадратичность**", Decimal("0.15"))
    ]
    first = entries("activations")[0]
    assert (first.title, first.used) == ("Скрытая квадратичность", 1)


def test_others_join_when_asked_and_nothing_joins_twice(reviewer: Reviewer) -> None:
    reviewer.comment("Отличный график", into_bank="on")
    reviewer.comment("Отличный график", cell=2, into_bank="on")
    reviewer.publish()
    assert BankEntry.objects.count() == 1
    assert entries("activations")[0].used == 2


def test_an_entry_of_the_file_that_is_used_comes_first_and_is_not_copied(reviewer: Reviewer) -> None:
    last = entries("activations")[-1]
    reviewer.comment(last.text, taken_off=str(last.taken_off or ""), bank_key=last.key)
    reviewer.publish()
    assert entries("activations")[0].key == last.key
    assert not BankEntry.objects.exists()


def test_an_entry_is_added_said_better_and_withdrawn(reviewer: Reviewer) -> None:
    reviewer.client.post(PAGE, {"text": "Нет подписей осей", "taken_off": "0,05"})
    entry = BankEntry.objects.get()
    address = f"/2023/reviews/bank/entries/{entry.pk}/"
    reviewer.client.post(address, {"text": "У осей нет подписей", "taken_off": ""})
    entry.refresh_from_db()
    assert (entry.text, entry.taken_off) == ("У осей нет подписей", 0)
    assert "No longer" not in text(reviewer.client.post(address, {"hide": "1"}, follow=True))
    assert "У осей" not in text(reviewer.client.get(PAGE))
    assert reviewer.client.post(address, {"text": "x"}).status_code == 404
    assert reviewer.client.post(PAGE, {"text": " "}).status_code == 422


def test_the_title_is_the_first_sentence_in_plain_words() -> None:
    assert first_words("Цикл по `x` вместо **матрицы**: $O(n)$ вызовов.\n\nДальше") == "Цикл по x вместо матрицы"
    assert first_words(r"Здесь $\sigma(x)$, а там $\frac{a}{b}$ за $5 и $6") == "Здесь σ(x), а там … за 5 и 6"
    assert first_words("слово " * 40).endswith("слово …")
    assert first_words("") == ""


@pytest.mark.parametrize("points", ["1.5", "1000", "9" * 5000, "1e30"])
def test_an_entry_takes_off_no_more_than_the_assignment_is_worth(reviewer: Reviewer, points: str) -> None:
    assert reviewer.client.post(PAGE, {"text": "Всё не так", "taken_off": points}).status_code == 422
    reviewer.client.post(PAGE, {"text": "Нет подписей осей", "taken_off": "0,05"})
    entry = BankEntry.objects.get()
    changed = f"/2023/reviews/bank/entries/{entry.pk}/"
    told = reviewer.client.post(changed, {"text": "Нет подписей осей", "taken_off": points}, follow=True)
    assert BankEntry.objects.get().taken_off == Decimal("0.05")
    assert "worth less" in text(told) or "digits" in text(told)
