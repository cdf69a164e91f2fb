"""The desk in a real browser where it has to say what is wrong, and its keys."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from tests.web import factories
from tests.web.browsing import Enter, overflow
from tests.web.reviews import works
from tests.web.reviews.browsing import SAVES, comment

from kafedra.web.people.models import User
from kafedra.web.reviews.bank import entries
from kafedra.web.reviews.models import Comment, Publication
from kafedra.web.reviews.services import drafts
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
PUBLISHED = "Published: the student can read it now."


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish", exact=True).click()


def saved(page: Page, cell: int = 3) -> None:
    expect(page.locator(f"#cell-{cell} .saved")).to_have_text("saved")


def with_a_comment(enter: Enter, submission: Submission) -> Page:
    """Vera's desk with «Медленно» saved on cell 3."""
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    comment(page, 3, "Медленно")
    saved(page)
    return page


def test_points_without_words_are_not_published(
    submission: Submission, assistant: User, enter: Enter, complaints: list[str]
) -> None:
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    page.locator("#cell-0 > .add-comment").click()
    page.locator("#cell-0").get_by_label("points off").fill("0.2")
    publish(page)
    expect(page.locator("#cell-0 .saved")).to_contain_text("Say what the points are taken off for")
    expect(page.locator(".not-published")).to_contain_text("Not published: a comment is not saved.")
    assert not Publication.objects.exists()
    page.locator("#cell-0 textarea").fill("Медленно")
    publish(page)
    expect(page.get_by_text(PUBLISHED)).to_be_visible()
    assert Publication.objects.get().taken_off == Decimal("0.2")
    complaints.clear()


def test_shift_p_twice_publishes_though_a_save_is_answered_in_between(
    submission: Submission, assistant: User, enter: Enter
) -> None:
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    comment(page, 3, "Медленно")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Shift+P")
    saved(page)
    expect(page.locator("#publish-now")).to_be_focused()
    page.keyboard.press("Shift+P")
    expect(page.get_by_text(PUBLISHED)).to_be_visible()


def test_shift_n_twice_publishes_and_opens_the_next_work(
    submission: Submission, other_student: User, run: Run, assistant: User, enter: Enter
) -> None:
    other = works.handed_in(works.work(other_student, run))
    page = enter("vera", f"/2023/reviews/{submission.pk}/?scope=free")
    comment(page, 3, "Последнее слово")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Shift+N")
    page.keyboard.press("Shift+N")
    page.wait_for_url(f"**/2023/reviews/{other.pk}/?scope=free")
    (published,) = Publication.objects.get().document["comments"]
    assert published["text"] == "Последнее слово"


def test_an_open_conflict_says_why_nothing_is_published(
    submission: Submission, assistant: User, instructor: User, enter: Enter, complaints: list[str]
) -> None:
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    comment(page, 3, "Моё")
    saved(page)
    mine = Comment.objects.get()
    theirs = {"words": drafts.Words(3, "Чужое"), "seen": drafts.Seen(mine.revision, 0, "another")}
    drafts.save_comment(submission=submission, by=instructor, uid=mine.uid, **theirs)
    page.locator("#cell-3 textarea").fill("Моё, точнее")
    expect(page.locator(".conflict")).to_be_visible()
    publish(page)
    expect(page.locator(".not-published")).to_contain_text("Choose first which words to keep.")
    assert not Publication.objects.exists()
    complaints.clear()


def test_what_a_colleague_removed_is_told_to_who_types_on(
    submission: Submission, assistant: User, instructor: User, enter: Enter, complaints: list[str]
) -> None:
    vera = enter("vera", f"/2023/reviews/{submission.pk}/")
    comment(vera, 3, "Медленно")
    saved(vera)
    osip = enter("osip", f"/2023/reviews/{submission.pk}/")
    osip.locator("#cell-3").get_by_role("button", name="Remove").click()
    expect(osip.get_by_role("button", name="Put it back")).to_be_visible()
    vera.locator("#cell-3 textarea").press_sequentially(" и")
    expect(vera.locator(".conflict")).to_contain_text("Осип Мандельштам has removed this comment")
    assert Comment.objects.get().removed
    complaints.clear()


def test_who_removes_what_a_colleague_has_changed_reads_it_first(
    submission: Submission, assistant: User, instructor: User, enter: Enter, complaints: list[str]
) -> None:
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    comment(page, 3, "Моё")
    saved(page)
    mine = Comment.objects.get()
    theirs = {"words": drafts.Words(3, "Чужое"), "seen": drafts.Seen(mine.revision, 0, "another")}
    drafts.save_comment(submission=submission, by=instructor, uid=mine.uid, **theirs)
    page.locator("#cell-3").get_by_role("button", name="Remove").click()
    expect(page.locator("#cell-3 .conflict")).to_contain_text("Чужое")
    page.get_by_role("button", name="Take theirs").click()
    expect(page.locator("#cell-3 textarea")).to_have_value("Чужое")
    complaints.clear()


def test_removing_without_a_connection_removes_nothing_and_says_so(
    submission: Submission, assistant: User, enter: Enter, complaints: list[str]
) -> None:
    page = with_a_comment(enter, submission)
    page.route(SAVES, lambda route: route.abort("internetdisconnected"))
    remove = page.locator("#cell-3").get_by_role("button", name="Remove")
    remove.click()
    expect(page.locator("#cell-3 .saved")).to_have_text(
        "No connection: the comment still stands. Remove it again when it is back."
    )
    page.unroute(SAVES)
    remove.click()
    expect(page.get_by_role("button", name="Put it back")).to_be_visible()
    complaints.clear()


def test_words_not_sent_yet_outlive_a_removal_that_failed(
    submission: Submission, assistant: User, enter: Enter, complaints: list[str]
) -> None:
    page = with_a_comment(enter, submission)
    page.route(SAVES, lambda route: route.abort("internetdisconnected"))
    page.locator("#cell-3 textarea").fill("Медленно: цикл")
    page.locator("#cell-3").get_by_role("button", name="Remove").click()
    expect(page.locator("#cell-3 .saved")).to_contain_text("the comment still stands")
    page.unroute(SAVES)
    page.reload()
    saved(page)
    assert Comment.objects.get().text == "Медленно: цикл"
    complaints.clear()


def test_saving_says_at_once_that_the_work_is_mine(submission: Submission, assistant: User, enter: Enter) -> None:
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    expect(page.locator("#claim")).to_contain_text("Nobody has taken this work.")
    comment(page, 3, "Медленно")
    expect(page.locator("#claim")).to_contain_text("You have this work.")


def test_the_bank_is_searched_by_keyboard_and_points_add_up(
    submission: Submission, assistant: User, enter: Enter
) -> None:
    loop, *others = entries("activations")
    second = next(one for one in others if one.taken_off)
    page = enter("vera", f"/2023/reviews/{submission.pk}/")
    page.locator("#cell-3").focus()
    page.keyboard.press("b")
    page.keyboard.type("цикл python")
    page.keyboard.press("Enter")
    field = page.locator("#cell-3 textarea")
    expect(field).to_be_focused()
    expect(field).to_have_value(loop.text)
    page.keyboard.press("Alt+b")
    expect(page.locator("#bank-search [data-used]")).to_contain_text("used here")
    page.keyboard.type("нетничегоподобного")
    expect(page.get_by_text("Nothing in the bank has these letters.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    page.locator("#cell-3 [data-bank]").select_option(second.key)
    saved(page)
    expect(field).to_have_value(f"{loop.text}\n\n{second.text}")
    expected = loop.taken_off + second.taken_off
    expect(page.locator("#total .big")).to_contain_text(f"{1 - expected:f}".rstrip("0"))
    stored = Comment.objects.get()
    assert (stored.taken_off, stored.bank_key) == (expected, f"{loop.key} {second.key}")


@pytest.mark.parametrize("width", [390, 1280])
def test_deep_lists_fit_the_screen(run: Run, student: User, assistant: User, enter: Enter, width: int) -> None:
    deep = "\n".join(f"{'  ' * level}- a_rather_long_word_{level}" for level in range(9))
    deeper = "\n".join(f"{'  ' * level}- a_rather_long_word_{level}" for level in range(14))
    cells = [works.markdown(deep), works.markdown(deeper), works.markdown(f"{'> ' * 18}quoted_words_in_each_other")]
    submission = works.handed_in(works.work(student, run), cells, at=factories.IN_TIME)
    page = enter("vera", f"/2023/reviews/{submission.pk}/?compare=all", width)
    expect(page.locator("#cell-2")).to_contain_text("a_rather_long_word_13")
    assert overflow(page) == 0
