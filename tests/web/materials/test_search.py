"""Search: any form of a word, only what the reader may read, nothing that a query could break."""

from __future__ import annotations

import pytest
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.people.models import User
from kafedra.web.runs import course


def test_another_form_of_the_word_is_found(student: User, signed_in: SignIn) -> None:
    page = signed_in(student).get("/2023/search/?q=топологической+сортировкой")
    assert 'href="/2023/topics/backprop/lecture/#zachem-topologicheskaya-sortirovka"' in page.content.decode()
    assert "<mark>" in page.content.decode()


def test_homework_and_reading_are_found_too(student: User, signed_in: SignIn) -> None:
    reader = signed_in(student)
    assert 'href="/2023/assignments/activations/"' in reader.get("/2023/search/?q=активациями").content.decode()
    assert 'href="/2023/topics/backprop/#reading"' in reader.get("/2023/search/?q=micrograd").content.decode()
    assert 'href="/2023/reading/"' in reader.get("/2023/search/?q=CS224n").content.decode()


def test_what_a_blitz_asks_is_found_and_what_it_explains_is_not(student: User, signed_in: SignIn) -> None:
    reader = signed_in(student)
    assert 'href="/2023/topics/backprop/#blitz"' in reader.get("/2023/search/?q=развилкой").content.decode()
    told = course.current().materials[1].blitz[0].explanation.ru
    assert "складываются" in told
    assert "#blitz" not in reader.get("/2023/search/?q=путей+вклады+складываются").content.decode()


@pytest.mark.parametrize("query", ['"', "NEAR(", "*", "граф OR", "a" * 5000, "<script>", "%00"])
def test_any_query_is_answered(query: str, student: User, signed_in: SignIn) -> None:
    page = signed_in(student).get("/2023/search/", {"q": query})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_what_is_not_there_is_said(student: User, signed_in: SignIn) -> None:
    assert "Nothing has all these words." in text(signed_in(student).get("/2023/search/?q=бегемот"))


def test_a_question_is_shown_in_words_and_in_the_readers_language(student: User, signed_in: SignIn) -> None:
    reader = signed_in(student)
    shown = reader.get("/2023/search/?q=центральной+разностью").content.decode()
    assert "#blitz" in shown
    assert "pictures/" not in shown  # of a picture its words, not its Markdown
    assert "`" not in text(reader.get("/2023/search/?q=float64"))
