"""Search: any form of a word, only what the reader may read, nothing that a query could break."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.conftest import SignIn
from tests.web.questions.asked import asked
from tests.web.reading import text

from kafedra.web.people.models import User
from kafedra.web.questions.models import Audience
from kafedra.web.questions.services import answering, settling
from kafedra.web.runs import course
from kafedra.web.runs.models import Run


def test_another_form_of_the_word_is_found(student: User, signed_in: SignIn) -> None:
    page = signed_in(student).get("/2023/search/?q=топологической+сортировкой")
    assert 'href="/2023/topics/backprop/lecture/#zachem-topologicheskaya-sortirovka"' in page.content.decode()
    assert "<mark>" in page.content.decode()


def test_homework_and_reading_are_found_too(student: User, signed_in: SignIn) -> None:
    reader = signed_in(student)
    assert 'href="/2023/assignments/activations/"' in reader.get("/2023/search/?q=активациями").content.decode()
    assert 'href="/2023/topics/backprop/#reading"' in reader.get("/2023/search/?q=micrograd").content.decode()
    assert 'href="/2023/reading/"' in reader.get("/2023/search/?q=CS224n").content.decode()


def test_what_a_statement_says_is_found_where_it_may_be_read(
    student: User, assistant: User, signed_in: SignIn, client: Client, public: None
) -> None:
    reader, staff = signed_in(student), signed_in(assistant)
    issued, from_february = "?q=в+изломах+производная", "?q=минными+полями"  # it is the first; the other is of the 5th
    assert "Homework · Activation functions" in text(reader.get(f"/2023/search/{issued}"))
    assert 'href="/2023/assignments/activations/#says-pravila"' in reader.get(f"/2023/search/{issued}").content.decode()
    assert 'href="/2023/homework/activations/#says-pravila"' in client.get(f"/2023/search/{issued}").content.decode()
    found = 'href="/2023/assignments/batchnorm/#says-'
    assert found in staff.get(f"/2023/search/{from_february}").content.decode()
    for other in (reader, client):
        assert "Nothing has all these words." in text(other.get(f"/2023/search/{from_february}"))


def test_questions_are_found_with_their_answers_by_whoever_may_read_them(
    run: Run, student: User, other_student: User, assistant: User, signed_in: SignIn, client: Client, public: None
) -> None:
    open_one = asked(
        run,
        student,
        "Зачем бегемоту градиенты",
        "Он же **плавает** \u202eнаоборот <b>и</b> <script>alert(1)</script>.\n\n| a | `b * c` |\n|---|---|\n| 1 | 2 |",
    )
    asked(run, student, "Только о бегемоте", audience=Audience.STAFF)
    answer = answering.answer(question=open_one, author=assistant, by_staff=True, text="Чтобы найти берега.")
    classmate = signed_in(other_student)
    shown = classmate.get("/2023/search/?q=бегемоты+плавали")
    assert f'href="/2023/questions/{open_one.pk}/"' in shown.content.decode()
    assert "<mark>плавает</mark>" in shown.content.decode()
    assert "⟨U+202E⟩наоборот <b>и</b>" in text(shown)  # in letters: it turns nothing round, and is no markup
    assert "<script>alert" not in shown.content.decode()
    assert "a · b * c; 1 · 2" in text(shown)
    assert "Зачем бегемоту" in text(classmate.get("/2023/search/?q=бегемот+на+берегу"))
    for reader, sees in ((signed_in(student), True), (signed_in(assistant), True), (classmate, False)):
        assert ("Только о бегемоте" in text(reader.get("/2023/search/?q=бегемоте"))) is sees
    assert "бегемоту" not in text(client.get("/2023/search/?q=бегемоту"))  # visitors read no questions
    settling.hide(written=answer, by=assistant, hidden=True, why="не то")
    assert "бегемоту" not in text(classmate.get("/2023/search/?q=бегемот+на+берегу")), "what is hidden isn't found"


def test_what_a_blitz_asks_is_found_and_what_it_explains_is_not(student: User, signed_in: SignIn) -> None:
    reader = signed_in(student)
    assert 'href="/2023/topics/backprop/#blitz"' in reader.get("/2023/search/?q=развилкой").content.decode()
    told = course.current().materials[1].blitz[0].explanation.ru
    assert "складываются" in told
    assert "#blitz" not in reader.get("/2023/search/?q=путей+вклады+складываются").content.decode()


def test_visitors_find_the_blitzes_that_are_open_to_them(
    run: Run, public: None, client: Client, assistant: User, student: User, signed_in: SignIn
) -> None:
    """What the blitz of the first topic asks, and of the fourth, whose class is still to come."""
    open_one, later = "/2023/search/?q=развилкой", "/2023/search/?q=переставили+кто+пострадает"
    assert 'href="/2023/topics/backprop/blitz/"' in client.get(open_one).content.decode()
    assert "blitz" in signed_in(assistant).get(later).content.decode()
    for other in (client, signed_in(student)):
        assert "Nothing has all these words." in text(other.get(later))


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
