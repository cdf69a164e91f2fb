"""The desk without JavaScript: whole pages, nothing typed is lost, what is removed comes back."""

from __future__ import annotations

import html
from decimal import Decimal
from uuid import UUID, uuid4

from django.http import HttpResponse
from tests.web.conftest import SignIn
from tests.web.reading import source, text
from tests.web.reviews.conftest import Reviewer

from kafedra.web.people.models import User
from kafedra.web.reviews.bank import entries
from kafedra.web.reviews.models import Comment


def save(reviewer: Reviewer, uid: UUID, **typed: object) -> HttpResponse:
    data = {"cell": 3, "revision": 0, "page": "", "taken_off": "", **typed}
    return reviewer.client.post(f"{reviewer.desk}comments/{uid}/", data)


def form(answer: HttpResponse, uid: UUID) -> str:
    page = answer.content.decode()
    assert "<main" in page
    assert "kafedra.css" in page, "a page, not a fragment"
    found = page[page.index(f'id="comment-{uid}"') :]
    return html.unescape(found[: found.index("</form>")])


def test_a_refused_comment_comes_back_as_it_was_typed(reviewer: Reviewer) -> None:
    uid = uuid4()
    answer = save(reviewer, uid, text="Ужас <b>", taken_off="много", into_bank="on")
    assert answer.status_code == 422
    again = form(answer, uid)
    assert "Ужас <b></textarea>" in again
    assert 'value="много"' in again
    assert "checked" in again
    assert "Not saved. Enter a number." in text(answer)
    assert 'href="?' not in answer.content.decode(), "links lead to the desk, not to where the form was sent"
    assert not Comment.objects.exists()


def test_a_refused_change_stands_once_and_in_its_place(reviewer: Reviewer) -> None:
    uid = reviewer.comment("Медленно", taken_off="0.2")
    answer = save(reviewer, uid, text="", taken_off="0.2", revision=1)
    assert answer.content.decode().count(f'id="comment-{uid}"') == 1
    assert "Say what the points are taken off for" in form(answer, uid)


def test_a_refused_comment_on_a_cell_that_is_folded_away_is_in_sight(reviewer: Reviewer) -> None:
    page = save(reviewer, uuid4(), cell=2, text="", taken_off="0.2").content.decode()
    assert '<details class="unchanged">' in page
    assert page.index('id="cell-2"') > page.index("</details>"), "cell 1 is folded, cell 2 is not"


def test_a_conflict_shows_both_texts_and_saving_once_more_keeps_mine(
    reviewer: Reviewer, instructor: User, signed_in: SignIn
) -> None:
    uid = reviewer.comment("Медленно")
    Reviewer(signed_in(instructor), reviewer.submission).comment("Чужое", uid=uid, revision=1)
    answer = save(reviewer, uid, text="Моё", revision=1)
    assert answer.status_code == 409
    again = form(answer, uid)
    assert "Моё</textarea>" in again
    assert "Чужое" in again
    assert "Осип Мандельштам has changed this comment" in again
    revision = " ".join(again.split()).split('name="revision" value="')[1].split('"')[0]
    assert save(reviewer, uid, text="Моё", revision=revision).status_code == 302
    assert Comment.objects.get().text == "Моё"


def test_a_comment_that_a_colleague_removed_comes_back_only_when_asked(
    reviewer: Reviewer, instructor: User, signed_in: SignIn
) -> None:
    uid = reviewer.comment("Медленно")
    signed_in(instructor).post(f"{reviewer.desk}comments/{uid}/remove/", {"revision": 1})
    answer = save(reviewer, uid, text="Медленно, увы", revision=1)
    assert "has removed this comment while you were writing." in text(answer)
    assert "Медленно, увы</textarea>" in form(answer, uid)
    assert Comment.objects.get().removed


def test_what_is_removed_can_be_put_back(reviewer: Reviewer) -> None:
    uid = reviewer.comment("Медленно")
    address = f"{reviewer.desk}comments/{uid}/remove/"
    page = reviewer.client.post(address, {"cell": 3, "revision": 1, "text": "Медленно"}, follow=True)
    assert Comment.objects.get().removed
    assert f'action="{address}"' in form(page, uid)
    assert "The comment is removed. Put it back" in text(page)
    reviewer.client.post(address, {"back": "1"})
    assert not Comment.objects.get().removed
    assert "Put it back" not in text(reviewer.client.get(f"{reviewer.desk}?removed={uid}"))


def test_an_empty_form_that_was_never_saved_is_left_by_removing_it(reviewer: Reviewer) -> None:
    answer = reviewer.client.post(f"{reviewer.desk}comments/{uuid4()}/remove/", {"cell": 3, "text": "", "revision": 0})
    assert answer["Location"] == reviewer.desk


def test_an_entry_of_the_bank_is_added_with_its_points(reviewer: Reviewer) -> None:
    offered = entries("activations")[0]
    assert f'<option value="{offered.key}">' in source(reviewer.client.get(f"{reviewer.desk}?comment=3"))
    uid = uuid4()
    save(reviewer, uid, text="Строка 4.", taken_off="0.05", from_bank=offered.key)
    comment = Comment.objects.get()
    assert (comment.text, comment.taken_off) == (f"Строка 4.\n\n{offered.text}", offered.taken_off + Decimal("0.05"))
    assert comment.bank_key == offered.key
    page = source(reviewer.client.get(reviewer.desk))
    assert f'<option value="{offered.key}">✓ ' in page, "it is used here already"


def test_two_entries_in_one_comment_are_both_counted(reviewer: Reviewer) -> None:
    first, second = entries("activations")[:2]
    uid = uuid4()
    save(reviewer, uid, text="", from_bank=first.key)
    save(reviewer, uid, text=first.text, taken_off=str(first.taken_off), bank_key=first.key, revision=1,
         from_bank=second.key)  # fmt: skip
    comment = Comment.objects.get()
    assert comment.taken_off == first.taken_off + second.taken_off
    assert comment.bank_key == f"{first.key} {second.key}"
    reviewer.publish()
    assert {entry.key: entry.used for entry in entries("activations") if entry.used} == {first.key: 1, second.key: 1}


def test_points_of_the_bank_may_not_exceed_the_assignment(reviewer: Reviewer) -> None:
    dear = entries("activations")[0]
    answer = save(reviewer, uuid4(), text="Всё", taken_off="1", from_bank=dear.key)
    assert (answer.status_code, "worth less than that" in text(answer)) == (422, True)


def test_nonsense_breaks_nothing(reviewer: Reviewer, submission: object) -> None:
    huge, uid = "9" * 5000, reviewer.comment("Медленно")
    for data in ({"seen": huge}, {"revision": huge, "seen": huge}, {"seen": "x", "page": "y" * 5000}):
        assert reviewer.client.post(f"{reviewer.desk}comments/{uid}/remove/", data).status_code in (302, 409)
    assert save(reviewer, uuid4(), text="x", cell=huge, seen=huge).status_code == 422
    assert reviewer.client.post(f"{reviewer.desk}publish/", {"seen": huge}).status_code == 302
    assert reviewer.client.get(f"{reviewer.desk}?then={huge}&comment={huge}&removed={huge}").status_code == 200


def test_a_uid_that_is_taken_elsewhere_is_not_found(reviewer: Reviewer, other_student: User) -> None:
    from tests.web.reviews import works

    uid = reviewer.comment("Медленно")
    other = works.handed_in(works.work(other_student, reviewer.submission.repository.run))
    elsewhere = Reviewer(reviewer.client, other)
    assert elsewhere.saving("Медленно", 3, "", uid).status_code == 404
    assert Comment.objects.get().review.submission == reviewer.submission
