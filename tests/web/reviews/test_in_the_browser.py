"""The desk in a real browser: the whole walk by keyboard, a lost connection, an ended session, a hostile notebook."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from playwright.sync_api import Route, expect
from tests.web.browsing import Enter, overflow, signs_in
from tests.web.reviews import works
from tests.web.reviews.browsing import SAVES, comment

from kafedra.web.people import services as people
from kafedra.web.people.models import User
from kafedra.web.reviews.models import Comment, Review
from kafedra.web.reviews.services import drafts, publishing
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def test_from_the_queue_to_the_students_reply(
    submission: Submission, student: User, assistant: User, enter: Enter
) -> None:
    page = enter("vera", "/2023/reviews/")
    page.get_by_role("button", name="Take the next one").click()
    expect(page.get_by_text("You have this work.")).to_be_visible()
    page.wait_for_load_state()  # the keys are there once the script has run
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#cell-3")).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.type("Цикл вместо матрицы, $O(n^2)$")
    expect(page.locator("#cell-3 .saved")).to_have_text("saved")
    expect(page.locator("#cell-3 .preview math")).to_be_visible()
    page.get_by_label("points off").fill("0.2")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#total .big")).to_contain_text("0.8 of 1")
    page.keyboard.press("Shift+P")
    page.keyboard.press("Shift+P")
    expect(page.get_by_text("Published: the student can read it now.")).to_be_visible()

    anna = enter("anna", f"/2023/submissions/{submission.pk}/")
    expect(anna.locator(".verdict .big")).to_contain_text("0.8 of 1")
    thread = anna.locator(".published-comment")
    expect(thread).to_contain_text("− 0.2 points")
    thread.locator("summary").click()
    thread.get_by_role("textbox").fill("Исправлю, спасибо")
    thread.get_by_role("button", name="Send").click()
    expect(anna.locator(".messages")).to_contain_text("Исправлю, спасибо")
    page.goto("/2023/reviews/?scope=mine")
    expect(page.locator(".review-queue tbody")).to_contain_text("question from the student")


def test_what_is_typed_last_is_published_too(submission: Submission, assistant: User, enter: Enter) -> None:
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    comment(page, 3, "Последнее слово")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Published: the student can read it now.")).to_be_visible()
    (published,) = Review.objects.get().publications.get().document["comments"]
    assert published["text"] == "Последнее слово"


def test_words_survive_a_lost_connection_and_a_closed_page(
    submission: Submission, assistant: User, enter: Enter, complaints: list[str]
) -> None:
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    page.route(SAVES, lambda route: route.abort("internetdisconnected"))
    comment(page, 3, "Не потеряйся")
    expect(page.locator("#cell-3 .saved")).to_contain_text("No connection.")
    page.unroute(SAVES)
    page.reload()
    expect(page.locator("#cell-3 textarea")).to_have_value("Не потеряйся")
    expect(page.locator("#cell-3 .saved")).to_have_text("saved")
    assert Comment.objects.get().text == "Не потеряйся"
    page.reload()
    expect(page.locator("#cell-3 textarea")).to_have_count(1)
    complaints.clear()


def test_words_that_a_closed_page_kept_are_sent_though_the_comment_is_an_old_one(
    submission: Submission, assistant: User, enter: Enter, complaints: list[str]
) -> None:
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    page.locator("#cell-3 .add-comment").click()
    field = page.locator("#cell-3 form.comment textarea")
    field.fill("Медленно")
    expect(page.locator("#cell-3 .saved")).to_have_text("saved")
    page.route(SAVES, lambda route: route.abort("internetdisconnected"))
    field.fill("Медленно: цикл")
    expect(page.locator("#cell-3 .saved")).to_contain_text("No connection.")
    page.unroute(SAVES)
    page.reload()
    expect(page.locator("#cell-3 .saved")).to_have_text("saved")
    assert Comment.objects.get().text == "Медленно: цикл"
    assert page.evaluate("Object.keys(localStorage)") == []
    complaints.clear()  # of the lost connection


def test_words_that_a_closed_page_kept_dont_overwrite_a_colleagues(
    submission: Submission, assistant: User, instructor: User, enter: Enter, complaints: list[str]
) -> None:
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    comment(page, 3, "Моё")
    expect(page.locator("#cell-3 .saved")).to_have_text("saved")
    page.route(SAVES, lambda route: route.abort("internetdisconnected"))
    page.locator("#cell-3 textarea").fill("Моё, точнее")
    expect(page.locator("#cell-3 .saved")).to_contain_text("No connection.")
    saved = Comment.objects.get()
    seen = drafts.Seen(saved.revision, 0, "another")
    theirs = drafts.Words(3, "Чужое")
    drafts.save_comment(submission=submission, by=instructor, uid=saved.uid, words=theirs, seen=seen)
    page.unroute(SAVES)
    page.reload()
    expect(page.locator(".conflict")).to_contain_text("Чужое")
    expect(page.locator("#cell-3 textarea")).to_have_value("Моё, точнее")
    assert Comment.objects.get().text == "Чужое"
    complaints.clear()


def test_words_survive_a_session_that_ended(submission: Submission, assistant: User, enter: Enter) -> None:
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    people.end_sessions(user=assistant)
    comment(page, 3, "Не потеряйся")
    expect(page.locator("#cell-3 .saved")).to_contain_text("You were signed out.")
    page.locator("#cell-3 .saved").get_by_role("link", name="Sign in").click()
    signs_in(page, "vera")
    expect(page.locator("#cell-3 .saved")).to_have_text("saved")
    assert Comment.objects.get().text == "Не потеряйся"


def test_two_reviewers_of_one_comment_choose_between_their_words(
    submission: Submission, assistant: User, instructor: User, enter: Enter, complaints: list[str]
) -> None:
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    comment(page, 3, "Моё")
    expect(page.locator("#cell-3 .saved")).to_have_text("saved")
    uid = Comment.objects.get().uid
    drafts.save_comment(
        submission=submission,
        by=instructor,
        uid=uid,
        words=drafts.Words(3, "Чужое"),
        seen=drafts.Seen(Comment.objects.get().revision, 0, "another"),
    )
    page.locator("#cell-3 textarea").fill("Моё, точнее")
    expect(page.locator(".conflict")).to_contain_text("Осип Мандельштам has changed this comment")
    expect(page.locator("#cell-3 textarea")).to_have_value("Моё, точнее")
    page.route(SAVES, lambda route: route.abort("internetdisconnected"))
    page.get_by_role("button", name="Keep mine").click()
    expect(page.locator("#cell-3 .saved")).to_contain_text("No connection.")
    page.unroute(SAVES)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#cell-3 .saved")).to_have_text("saved")
    assert Comment.objects.get().text == "Моё, точнее"
    known = ("409", "INTERNET_DISCONNECTED", "htmx:")  # the network, not a policy or a script
    assert [one for one in complaints if not any(word in one for word in known)] == []
    complaints.clear()


def test_a_comment_of_the_bank_brings_its_points(submission: Submission, assistant: User, enter: Enter) -> None:
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    page.locator("#cell-3 [data-comment-on]").click()
    page.locator("#cell-3 [data-bank]").select_option(label="−0.2 Цикл Python по элементам")
    expect(page.locator("#cell-3 .saved")).to_have_text("saved")
    expect(page.locator("#total .big")).to_contain_text("0.8 of 1")
    page.locator("#cell-3").get_by_role("button", name="Remove").click()
    expect(page.locator("#total .big")).to_contain_text("1 of 1")
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("#total .big")).to_contain_text("0.8 of 1")
    page.locator("#cell-3 textarea").fill("Цикл")
    expect(page.locator("#cell-3 .saved")).to_have_text("saved")


HOSTILE = (
    works.markdown(
        "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'> [x](javascript:window.hacked=1) "
        "![](http://127.0.0.1:9/pixel.png) $\\href{javascript:window.hacked=1}{x} \\style{position:fixed}{y}$ \u202e"
    ),
    works.code(
        "x = 1  # \u2066\u202e",
        works.shown(
            text_html="<style>body{display:none}</style><div style='position:fixed;inset:0' onclick=a()>own</div>"
        ),
        works.shown(text_html="<iframe srcdoc='<script>parent.hacked = 1</script>'></iframe><svg onload='hacked=1'>"),
        {"output_type": "display_data", "data": {"image/svg+xml": "<svg onload='window.hacked=1'/>"}},
        {"output_type": "display_data", "data": {"application/javascript": "window.hacked = 1"}},
        works.printed("<script>window.hacked = 1</script>" * 20_000),
        works.shown(text_html="<form action='/sign-out/' method='post'><button>Sign out</button></form>"),
    ),
)


def test_a_hostile_notebook_does_nothing(run: Run, student: User, assistant: User, enter: Enter) -> None:
    submission = works.handed_in(works.work(student, run), HOSTILE)
    asked: list[str] = []

    def only_ours(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    for login, path in [("vera", f"reviews/{submission.pk}"), ("anna", f"submissions/{submission.pk}/notebook")]:
        page = enter(login, f"/2023/{path}/")
        page.route("**", only_ours)
        page.goto(f"/2023/{path}/?compare=all")
        expect(page.locator("#cell-2")).to_be_visible()
        assert page.evaluate("window.hacked") is None
        assert page.locator("main :is(iframe, object, svg:not(.icon), [style], [onclick], [onerror])").count() == 0
        assert overflow(page) == 0
    assert all(address.startswith(page.evaluate("location.origin")) for address in asked)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_of_reviews_fits_the_screen(
    submission: Submission, instructor: User, enter: Enter, width: int, theme: str
) -> None:
    long = drafts.Words(3, "Слово" * 60 + " $x^2$", Decimal("0.2"))
    drafts.save_comment(submission=submission, by=instructor, uid=uuid4(), words=long, seen=drafts.Seen(0, 0))
    publishing.publish(submission=submission, by=instructor, seen=1)
    page = enter("osip", "/2023/reviews/?scope=all", width, theme)
    paths = [f"reviews/{submission.pk}/", "reviews/bank/activations/", f"submissions/{submission.pk}/notebook/"]
    for path in ["reviews/?scope=free", *paths, f"submissions/{submission.pk}/"]:
        page.goto(f"/2023/{path}")
        assert overflow(page) == 0, path
        assert page.evaluate("document.querySelectorAll('h1').length") == 1, path
