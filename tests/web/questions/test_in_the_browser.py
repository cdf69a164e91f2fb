"""A question from the topic's page to the inbox and back, as people do it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.web.browsing import Enter
from tests.web.questions.asked import asked

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def test_ask_see_what_is_similar_answer_confirm(
    run: Run, student: User, other_student: User, assistant: User, enter: Enter
) -> None:
    asked(run, other_student, "Зачем складывать градиенты по путям?")
    page = enter("anna", "/2023/questions/ask/?about=topic:1", width=390)
    page.get_by_label("In one line: what is unclear?").press_sequentially("градиенты складываются")
    expect(page.locator("#similar")).to_contain_text("Зачем складывать градиенты по путям?")
    page.get_by_label("Tell more").fill("Почему **сумма**? $\\sum_i g_i$")
    page.context.clear_cookies(name="sessionid")  # the session has ended meanwhile
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(re.compile("/sign-in/"))
    page.get_by_label("Login").fill("anna")
    page.get_by_label("Password").fill("lectern and chalk")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile("/questions/ask/"))
    expect(page.get_by_label("In one line: what is unclear?")).to_have_value("градиенты складываются")
    expect(page.get_by_label("Tell more")).to_have_value("Почему **сумма**? $\\sum_i g_i$")
    page.get_by_label("without my name").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Exactly what your classmates will see")).to_be_visible()
    expect(page.locator(".as-seen")).to_contain_text("the asker, without a name")
    page.locator(".check").get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("градиенты складываются")

    classmate = enter("boris", "/2023/questions/")
    expect(classmate.locator("main")).not_to_contain_text("Анна")
    classmate.get_by_role("link", name="градиенты складываются").click()
    classmate.get_by_label("Your answer").fill("По правилу цепочки.")
    classmate.get_by_role("button", name="Answer").click()

    staff = enter("vera", "/2023/inbox/")
    expect(staff.locator(".inbox-item")).to_have_count(2)
    staff.get_by_role("link", name="градиенты складываются").click()
    expect(staff.locator("main")).to_contain_text("Анна Ахматова (classmates don't see the name)")
    staff.get_by_role("button", name="Confirm: it is right").click()
    expect(staff.locator(".answer.confirmed")).to_contain_text("confirmed by Вера Инбер")
    staff.goto("/2023/inbox/")
    item = staff.locator(".inbox-item")
    expect(item).to_have_count(1)
    item.locator("summary").click()
    item.get_by_label("Your answer").fill("Смотрите соседний вопрос.")
    item.get_by_role("button", name="Answer").click()
    expect(staff.locator("main")).to_contain_text("Nobody waits for an answer")
