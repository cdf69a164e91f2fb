"""Going through the queue: the filter and the place are carried along, and publishing goes on to the next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import source, text
from tests.web.reviews import works
from tests.web.reviews.conftest import Reviewer

from kafedra.web.people.models import User
from kafedra.web.reviews.models import Claim
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

FREE = "?scope=free&assignment=activations"


@pytest.fixture
def four(run: Run) -> list[Submission]:
    """Four students' works on activations and, between the first and the second, one on dropout."""
    people = [factories.person(f"s{n}", f"Студент {n}", run=run) for n in range(4)]
    found = [
        works.handed_in(works.work(one, run), at=factories.IN_TIME + timedelta(hours=2 * n))
        for n, one in enumerate(people)
    ]
    works.handed_in(works.work(people[0], run, assignment="dropout"), at=factories.IN_TIME + timedelta(hours=1))
    return found


@pytest.fixture
def vera(assistant: User, signed_in: SignIn) -> Client:
    return signed_in(assistant)


def desk(submission: Submission, query: str = FREE) -> str:
    return f"/2023/reviews/{submission.pk}/{query}"


def links(client: Client, address: str) -> dict[str, str]:
    """Where previous and next lead, by the ids that the keys use."""
    page = source(client.get(address)).replace("&amp;", "&")
    return {
        name: page.split(f'id="{name}" href="')[1].split('"')[0]
        for name in ("previous-work", "next-work")
        if f'id="{name}"' in page
    }


def test_previous_next_and_the_place_are_those_of_the_filter(vera: Client, four: list[Submission]) -> None:
    assert "2 of 4" in text(vera.get(desk(four[1])))
    assert links(vera, desk(four[1])) == {"previous-work": desk(four[0]), "next-work": desk(four[2])}
    assert "3 of 5" in text(vera.get(desk(four[1], "?scope=all")))


def test_the_order_is_carried_along(vera: Client, four: list[Submission]) -> None:
    query = f"{FREE}&order=newest"
    assert links(vera, desk(four[1], query)) == {
        "previous-work": desk(four[2], query),
        "next-work": desk(four[0], query),
    }


def test_the_queue_leads_to_the_desk_with_its_filter(vera: Client, four: list[Submission]) -> None:
    page = vera.get(f"/2023/reviews/{FREE}").content.decode().replace("&amp;", "&")
    assert f'href="{desk(four[0])}"' in page
    assert f'action="/2023/reviews/next/{FREE}"' in page


def test_the_next_one_is_one_of_the_filter(vera: Client, four: list[Submission]) -> None:
    vera.post("/2023/reviews/next/")
    answer = vera.post("/2023/reviews/next/?scope=free&assignment=dropout")
    assert answer["Location"].endswith("/?scope=free&assignment=dropout")
    assert Claim.objects.latest("pk").repository.assignment == "dropout"
    none = vera.post("/2023/reviews/next/?scope=free&assignment=dropout", follow=True)
    assert "Nothing of that kind is left for you." in text(none)


def test_taking_the_work_keeps_its_place(vera: Client, four: list[Submission]) -> None:
    reviewer = Reviewer(vera, four[1])
    reviewer.comment("Медленно")
    assert "2 of 4" in text(vera.get(desk(four[1])))


def test_after_publishing_comes_what_came_after_it(vera: Client, four: list[Submission]) -> None:
    page = vera.post(f"/2023/reviews/{four[1].pk}/publish/{FREE}", {"seen": 0}, follow=True)
    address = page.redirect_chain[-1][0]
    assert links(vera, address) == {"previous-work": desk(four[0]), "next-work": desk(four[2])}


def test_publishing_and_going_on_is_one_action(vera: Client, assistant: User, four: list[Submission]) -> None:
    answer = vera.post(f"/2023/reviews/{four[1].pk}/publish/{FREE}", {"seen": 0, "go_on": "1"})
    assert answer["Location"] == desk(four[2])
    assert four[1].review.publications.count() == 1
    assert Claim.objects.get(repository=four[2].repository).holder == assistant


def test_after_the_last_one_come_those_that_were_passed_over(vera: Client, four: list[Submission]) -> None:
    answer = vera.post(f"/2023/reviews/{four[3].pk}/publish/{FREE}", {"seen": 0, "go_on": "1"})
    assert answer["Location"] == desk(four[0])


def test_after_the_very_last_one_the_queue_says_so(reviewer: Reviewer) -> None:
    page = reviewer.client.post(f"{reviewer.desk}publish/", {"seen": 0, "go_on": "1"}, follow=True)
    assert "Nothing is left for you" in text(page)
    assert page.redirect_chain[-1][0] == "/2023/reviews/"


def test_what_could_not_be_published_stays_on_the_desk(
    reviewer: Reviewer, instructor: User, signed_in: SignIn, four: list[Submission]
) -> None:
    Reviewer(signed_in(instructor), reviewer.submission).comment("Чужое")
    answer = reviewer.client.post(f"{reviewer.desk}publish/{FREE}", {"seen": 0, "go_on": "1"})
    assert answer["Location"] == f"{reviewer.desk}{FREE}"


def test_the_forms_of_the_desk_keep_the_filter(vera: Client, four: list[Submission]) -> None:
    claimed = vera.post(f"/2023/reviews/{four[1].pk}/claim/{FREE}", {"holder": "vera"})
    assert claimed["Location"] == desk(four[1])
    page = vera.get(desk(four[1])).content.decode().replace("&amp;", "&")
    for form in ("publish", "claim"):
        assert f'action="/2023/reviews/{four[1].pk}/{form}/{FREE}"' in page


def test_questions_come_first_if_one_likes(vera: Client, four: list[Submission], signed_in: SignIn) -> None:
    asking = four[3].repository.student
    signed_in(asking).post(f"/2023/submissions/{four[3].pk}/messages/", {"text": "Почему?"})
    names = [
        text(vera.get(f"/2023/reviews/?scope=all&order={order}")).split("Студент ")[1][0] for order in ("", "questions")
    ]
    assert names == ["0", "3"]


def test_what_i_have_reviewed_is_a_list_of_its_own(
    vera: Client, four: list[Submission], instructor: User, signed_in: SignIn
) -> None:
    assert "You have published no review here yet." in text(vera.get("/2023/reviews/?scope=done"))
    vera.post(f"/2023/reviews/{four[2].pk}/publish/", {"seen": 0})
    signed_in(instructor).post(f"/2023/reviews/{four[0].pk}/publish/", {"seen": 0})
    mine = text(vera.get("/2023/reviews/?scope=done"))
    assert "Студент 2 Activation functions reviewed" in mine
    assert "Студент 0" not in mine
    assert "1 of 1" in text(vera.get(desk(four[2], "?scope=done")))


def test_an_unknown_filter_is_none(vera: Client, four: list[Submission]) -> None:
    query = "?scope=x&reason=done&order=x&assignment=" + "y" * 500
    assert vera.get(f"/2023/reviews/{query}").status_code == 200
    assert vera.get(desk(four[0], query)).status_code == 200
