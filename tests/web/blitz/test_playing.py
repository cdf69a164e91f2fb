"""A blitz in class, through the doors of the presenter and of phones, without a script."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.web import factories
from tests.web.blitz.played import a_blitz, answers, moved, posts, right, seated, sent, wrong
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.blitz.models import Answer, Blitz, Participant, Phase
from kafedra.web.blitz.nicknames import made_up
from kafedra.web.blitz.selectors import distributions, state
from kafedra.web.blitz.services.answering import Taken
from kafedra.web.blitz.steps import Move, current_question, questions_of
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run


@pytest.fixture
def blitz(run: Run, instructor: User) -> Blitz:
    return a_blitz(run, instructor)


def phone() -> Client:
    return Client(headers={"accept-language": "en"})


def joined(blitz: Blitz, name: str) -> Client:
    client = phone()
    client.post(f"/b/{blitz.code}/join/", {"name": name})
    return client


def pressed(client: Client, blitz: Blitz, move: str) -> str:
    """The presenter presses a button of the page as it is now."""
    address = f"/2023/blitz/{blitz.pk}/"
    page = client.get(address).content.decode()
    assert f'value="{move}"' in page, f"no button {move}"
    step = re.search(r'name="step" value="(\d+)"', page)
    assert step
    return text(client.post(f"{address}step/", {"move": move, "step": step[1]}, follow=True))


def test_a_whole_blitz_without_a_script(run: Run, instructor: User, signed_in: SignIn) -> None:
    presenter = signed_in(instructor)
    started = presenter.post("/2023/blitz/start/", {"topic": "1"}, follow=True)
    blitz = Blitz.objects.get()
    assert f"/b/{blitz.code}" in started.content.decode()
    assert 'src="data:image/svg+xml' in started.content.decode()
    one, two = joined(blitz, "Ada"), joined(blitz, "Сева")
    assert "You are in" in text(one.get(f"/b/{blitz.code}/"))
    count = len(questions_of(blitz))
    for number, question in enumerate(questions_of(blitz)):
        assert f"{number + 1}" in pressed(presenter, blitz, "ask")
        blitz.refresh_from_db()
        assert f"Question {number + 1} of {count}" in text(one.get(f"/b/{blitz.code}/"))
        assert "Written." in posts(one, blitz, right(question))
        assert "Written." in posts(two, blitz, wrong(question))
        assert "50 % right" in pressed(presenter, blitz, "close")
        pressed(presenter, blitz, "show")
        assert "Right" in text(one.get(f"/b/{blitz.code}/"))
        assert "Not right" in text(two.get(f"/b/{blitz.code}/"))
    pressed(presenter, blitz, "finish")
    assert f"Right: {count} of {count}" in text(one.get(f"/b/{blitz.code}/"))
    assert f"Right: 0 of {count}" in text(two.get(f"/b/{blitz.code}/"))
    assert "2 participants" in text(presenter.get(f"/2023/blitz/{blitz.pk}/results/"))


def test_somebody_with_an_account_is_in_by_one_tap_and_has_one_seat(
    blitz: Blitz, student: User, signed_in: SignIn
) -> None:
    for client in (signed_in(student), signed_in(student)):
        assert "Join as Анна Ахматова" in text(client.get(f"/b/{blitz.code}/"))
        assert "You are in" in text(client.post(f"/b/{blitz.code}/join/", follow=True))
        break
    assert "You are in" in text(signed_in(student).get(f"/b/{blitz.code}/"))
    assert Participant.objects.count() == 1


def test_a_guest_is_in_by_one_tap_under_a_name_that_was_made_up(blitz: Blitz) -> None:
    names = list[str]()
    for language in ("en", "ru"):
        client = Client(headers={"accept-language": language})
        filled_in = re.search(r'name="name" value="([^"]+)"', client.get(f"/b/{blitz.code}/").content.decode())
        assert filled_in, "the form is ready to be sent"
        names.append(filled_in[1])
        assert client.post(f"/b/{blitz.code}/join/", {"name": filled_in[1]}, follow=True).status_code == 200
    assert list(Participant.objects.values_list("name", flat=True)) == names
    assert names[0].isascii()
    assert not names[1].isascii()


def test_no_two_guests_are_given_the_same_name() -> None:
    taken = list[str]()
    while len(taken) < 300:
        taken.append(made_up(taken, "ru"))
    assert len(set(taken)) == 300


def test_an_answer_sent_twice_counts_once_and_may_change_until_the_vote_is_over(blitz: Blitz) -> None:
    client = joined(blitz, "Ada")
    question = current_question(moved(blitz, Move.ASK))
    for give in (wrong, right, right):
        assert "Written." in posts(client, blitz, give(question))
    assert list(Answer.objects.values_list("given", flat=True)) == [right(question)]


def test_an_answer_that_comes_after_the_bell_is_taken_until_the_right_one_is_shown(blitz: Blitz) -> None:
    client = joined(blitz, "Ada")
    question = current_question(moved(blitz, Move.ASK, Move.CLOSE))
    posts(client, blitz, right(question))
    moved(blitz, Move.SHOW)
    assert "Too late" in posts(client, blitz, wrong(question))
    assert list(Answer.objects.values_list("given", flat=True)) == [right(question)]


def test_a_late_answer_to_the_first_vote_changes_nothing_that_came_in_time(blitz: Blitz) -> None:
    early, late = seated(blitz, name="early"), seated(blitz, name="late")
    question = current_question(moved(blitz, Move.ASK))
    answers(blitz, early, right(question))
    moved(blitz, Move.CLOSE, Move.DISCUSS, Move.AGAIN)
    blitz.vote = 1  # as phones say it that have slept meanwhile
    assert answers(blitz, early, wrong(question)) is Taken.WRITTEN
    assert answers(blitz, late, wrong(question)) is Taken.WRITTEN
    blitz.refresh_from_db()
    first = distributions(blitz)[1]
    assert (first.answers, first.right) == (2, 1)


def test_both_votes_stand_side_by_side(blitz: Blitz, instructor: User, signed_in: SignIn) -> None:
    seats = [seated(blitz, name=name) for name in "abcd"]
    question = current_question(moved(blitz, Move.ASK))
    for seat, given in zip(seats, [right, right, wrong, wrong], strict=True):
        answers(blitz, seat, given(question))
    moved(blitz, Move.CLOSE)
    page = signed_in(instructor)
    assert "let them discuss" in text(page.get(f"/2023/blitz/{blitz.pk}/"))
    moved(blitz, Move.DISCUSS, Move.AGAIN)
    for seat in seats[:3]:
        answers(blitz, seat, right(question))
    moved(blitz, Move.SHOW)
    answer = page.get(f"/2023/blitz/{blitz.pk}/")
    assert "First vote · 50 %" in text(answer)
    assert "Second vote · 100 %" in text(answer)
    assert "stage-explained" in answer.content.decode()


def test_undo_goes_back_and_takes_no_answer_away(blitz: Blitz) -> None:
    seat = seated(blitz, name="Ada")
    question = current_question(moved(blitz, Move.ASK))
    answers(blitz, seat, right(question))
    moved(blitz, Move.CLOSE, Move.SHOW, Move.UNDO)
    assert blitz.phase == Phase.CLOSED
    moved(blitz, Move.UNDO)
    assert blitz.phase == Phase.ASKING
    assert distributions(blitz)[1].right == 1
    moved(blitz, Move.UNDO)
    assert (blitz.phase, blitz.trail) == (Phase.LOBBY, [])


def test_a_button_pressed_twice_moves_once(blitz: Blitz, instructor: User, signed_in: SignIn) -> None:
    page = signed_in(instructor)
    for _again in range(2):
        page.post(f"/2023/blitz/{blitz.pk}/step/", {"move": "ask", "step": "0"})
    blitz.refresh_from_db()
    assert (blitz.step, blitz.phase, blitz.question) == (1, Phase.ASKING, 0)


def test_the_phone_is_not_told_what_is_right_while_the_vote_goes_on(blitz: Blitz) -> None:
    client = joined(blitz, "Ada")
    seat = Participant.objects.get()
    for question in questions_of(blitz):
        moved(blitz, Move.ASK)
        answers(blitz, seat, right(question))
        everybody, presenter = state(blitz.pk)
        page = client.get(f"/b/{blitz.code}/").content.decode()
        assert question.explanation.en[:20] not in page
        assert "votes" not in everybody
        assert sum(presenter["votes"][1].values()) == 1
        if question.kind == "order":
            order = re.findall(r'id="place-(\w+)"', page)
            assert order != right(question)
        moved(blitz, Move.SHOW)


@pytest.mark.parametrize("name", ["\u202eевил", "a" * 41, "x" * 10_000, "  ", "!!!", "\u200b\u200b", "a\x00b"])
def test_a_name_that_would_do_something_is_refused(blitz: Blitz, name: str) -> None:
    client = phone()
    assert client.post(f"/b/{blitz.code}/join/", {"name": name}).status_code == 422
    assert not Participant.objects.exists()


def test_markup_in_a_name_is_only_letters_and_a_name_can_be_hidden(
    blitz: Blitz, instructor: User, signed_in: SignIn
) -> None:
    joined(blitz, "<b onclick=x>Zoe</b>")
    page, address = signed_in(instructor), f"/2023/blitz/{blitz.pk}/"
    assert "&lt;b onclick=x&gt;Zoe" in page.get(address).content.decode()
    page.post(f"{address}people/{Participant.objects.get().pk}/hide/")
    assert "Zoe" not in page.get(address).content.decode()
    assert "Guest 1" in page.get(address).content.decode()
    assert "Zoe" not in page.get(f"{address}results/").content.decode()


@pytest.mark.parametrize("given", ["", "no such option", "\x00", "1" * 10_000])
def test_what_is_no_answer_is_refused_or_wrong(blitz: Blitz, given: str) -> None:
    client, seat = joined(blitz, "Ada"), Participant.objects.get()
    for question in questions_of(blitz):
        moved(blitz, Move.ASK)
        data = {"question": question.slug, "vote": "1", "given": given}
        assert client.post(f"/b/{blitz.code}/answer/", data).status_code == 302
        assert distributions(blitz)[1].right == 0
        moved(blitz, Move.SHOW)
    typed = [one for one in questions_of(blitz) if not one.options and not one.items]
    assert seat.answers.count() <= len(typed)


def test_what_one_person_typed_does_not_come_onto_the_wall(blitz: Blitz, instructor: User, signed_in: SignIn) -> None:
    seats = [seated(blitz, name=name) for name in "abc"]
    while current_question(moved(blitz, Move.ASK)).kind != "numeric":
        moved(blitz, Move.SHOW)
    for seat, given in zip(seats, ["дурак", "17", "17"], strict=True):
        answers(blitz, seat, [given])
    moved(blitz, Move.CLOSE)
    page = text(signed_in(instructor).get(f"/2023/blitz/{blitz.pk}/"))
    assert "17" in page
    assert "дурак" not in page


def test_the_results_say_which_question_failed_and_whom_a_wrong_option_drew(
    blitz: Blitz, student: User, other_student: User, instructor: User, signed_in: SignIn
) -> None:
    seats = [seated(blitz, user=student), seated(blitz, user=other_student)]
    question = current_question(moved(blitz, Move.ASK))
    for seat in seats:
        answers(blitz, seat, wrong(question))
    moved(blitz, Move.FINISH)
    page = text(signed_in(instructor).get(f"/2023/blitz/{blitz.pk}/results/"))
    assert "Take up again" in page
    assert "Анна Ахматова , Борис Пастернак" in page or "Анна Ахматова, Борис Пастернак" in page


def test_what_goes_on_stands_on_the_first_page(blitz: Blitz, student: User, signed_in: SignIn) -> None:
    page = signed_in(student).get("/2023/")
    assert "A blitz goes on now" in text(page)
    assert f"/b/{blitz.code}/" in page.content.decode()
    moved(blitz, Move.FINISH)
    assert "A blitz goes on now" not in text(signed_in(student).get("/2023/"))


def test_a_code_is_typed_in_any_case(blitz: Blitz) -> None:
    assert phone().get("/b/", {"code": blitz.code.lower()}).headers["Location"] == f"/b/{blitz.code}/"
    assert phone().get(f"/b/{blitz.code.lower()}/").status_code == 200
    assert "There is no blitz XXXXX" in text(phone().get("/b/", {"code": "xxxxx"}))


def test_guests_of_the_same_name_are_two(blitz: Blitz, run: Run) -> None:
    factories.person("ada", "Ada", run=run)
    for _phone in range(2):
        joined(blitz, "Ada")
    assert Participant.objects.count() == 2


def test_a_form_sends_what_the_page_has(blitz: Blitz) -> None:
    for question in questions_of(blitz):
        assert sent(question, right(question))["question"] == question.slug
