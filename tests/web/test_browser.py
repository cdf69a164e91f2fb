"""What only a browser shows: pages that move by themselves, the keyboard, the phone, the strict policy."""

from __future__ import annotations

import io
import re
import threading
from datetime import timedelta

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, expect
from tests.web import factories
from tests.web.browsing import Enter, overflow

from kafedra.course import Assignment
from kafedra.web.adjustments import services as adjustments
from kafedra.web.outbox import services as outbox
from kafedra.web.outbox.models import Delivery, Letter
from kafedra.web.people import services as people
from kafedra.web.people.models import AccessToken, Membership, Role, User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Repository
from kafedra.web.submissions.services import verdicts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def test_the_verdict_comes_by_itself(run: Run, student: User, enter: Enter) -> None:
    submission = factories.pushed(factories.repository(student, run), factories.NOW)
    assignment = enter("anna", "/2023/assignments/activations/")
    report = enter("anna", f"/2023/submissions/{submission.pk}/")
    expect(assignment.locator(".work-head .state")).to_have_text("in the queue")
    verdicts.start_grading(submission=submission)
    expect(assignment.locator(".work-head .state")).to_have_text("being graded")
    expect(report.locator(".pending .state")).to_have_text("being graded")
    verdicts.store_report(submission=submission, report=factories.verdict("0.5"), grading_time=timedelta(seconds=1))
    expect(assignment.locator(".work .big")).to_contain_text("0.4 of 1")
    expect(report.locator(".verdict .big")).to_contain_text("0.4 of 1")
    expect(report.locator("#pushes")).to_contain_text("tests 1/2")
    expect(report.locator("#pushes .state")).to_have_count(0)


def test_accept_then_copy_the_token(run: Run, student: User, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    from kafedra.web.submissions import storage

    monkeypatch.setattr(storage, "create_repository", lambda repository, assignment: "0" * 40)
    page = enter("anna", "/2023/assignments/activations/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Accept").click()
    page.locator(".once").get_by_role("button", name="Copy").click()
    expect(page.locator(".once button")).to_have_text("Copied")
    token = page.evaluate("navigator.clipboard.readText()")
    assert people.authenticate_token("anna", token) == student


def test_neither_a_double_click_nor_a_look_elsewhere_loses_the_token(
    run: Run, student: User, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kafedra.web.submissions import storage

    asked_twice = threading.Event()

    def slowly(repository: Repository, assignment: Assignment) -> str:
        assert asked_twice.wait(90)
        return "0" * 40

    monkeypatch.setattr(storage, "create_repository", slowly)
    page = enter("anna", "/2023/assignments/activations/")
    page.get_by_role("button", name="Accept").dblclick()
    expect(page.get_by_role("button", name="Accept")).to_be_disabled()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    asked_twice.set()
    expect(page.locator(".once code")).to_contain_text("kaf_")
    token = page.locator(".once code").inner_text()
    assert people.authenticate_token("anna", token) == student
    assert AccessToken.objects.count() == 1


def test_a_push_appears_on_a_page_that_is_merely_in_sight(run: Run, student: User, enter: Enter) -> None:
    repository = factories.repository(student, run)
    page = enter("anna", "/2023/")
    page.clock.install()
    page.goto("/2023/assignments/activations/")
    expect(page.locator(".work-head .state")).to_have_text("no submissions yet")
    factories.pushed(repository, factories.NOW)
    page.clock.fast_forward(20_000)
    expect(page.locator(".work-head .state")).to_have_text("in the queue")


def test_what_cannot_be_imagined_is_said_as_one_types(run: Run, student: User, enter: Enter) -> None:
    page = enter("anna", "/2023/grades/")
    field = page.locator("#id_cv")
    field.fill("5")
    expect(page.locator("#id_cv_wrong")).to_have_text("There are at most 4 points.")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    field.fill("4")
    expect(page.locator("#prospects")).to_contain_text("= 4")
    expect(field).to_have_attribute("aria-invalid", "false")


def test_the_gradebook_filters_as_one_types(
    run: Run, student: User, other_student: User, assistant: User, enter: Enter
) -> None:
    page = enter("vera", "/2023/gradebook/")
    expect(page.locator(".gradebook tbody tr")).to_have_count(2)
    page.get_by_role("searchbox").press_sequentially("ПАСТ")
    expect(page.locator(".gradebook tbody tr")).to_have_count(1)
    expect(page.locator(".gradebook tbody th")).to_contain_text("Борис Пастернак")


def test_the_list_of_people_is_narrowed_as_one_types(run: Run, student: User, instructor: User, enter: Enter) -> None:
    page = enter("osip", "/2023/people/")
    expect(page.locator(".roster tbody tr")).to_have_count(2)
    page.get_by_role("searchbox").press_sequentially("ахмат")
    expect(page.locator(".roster tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Анна Ахматова").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".roster tbody tr")).to_have_count(1)


def test_students_are_found_and_ticked_and_stay_in_sight(
    run: Run, student: User, other_student: User, instructor: User, enter: Enter
) -> None:
    Membership.objects.filter(user=student).update(group="231")
    page = enter("osip", "/2023/adjustments/")
    field, people_shown = page.locator("[data-narrows]"), page.locator("#pick-students label:visible")
    expect(people_shown).to_have_count(2)
    field.fill("ПАСТ")
    expect(people_shown).to_have_text(["Борис Пастернак (boris)"])
    people_shown.click()
    field.fill("анна")
    expect(people_shown).to_have_count(2)
    people_shown.filter(has_text="Борис").click()
    field.fill("231")
    expect(people_shown).to_have_text(["Анна Ахматова (anna) 231"])
    field.fill("nobody at all")
    expect(people_shown).to_have_count(0)
    expect(page.get_by_text("Nobody is called that.")).to_be_visible()
    field.press("Enter")
    expect(page).to_have_url(re.compile("/2023/adjustments/$"))
    field.fill("")
    expect(people_shown).to_have_count(2)


def test_ye_and_yo_are_one_letter_where_students_are_ticked(run: Run, instructor: User, enter: Enter) -> None:
    factories.person("semenov", "Илья Семёнов", run=run)
    factories.person("fedorov", "Пётр Федоров", run=run)
    page = enter("osip", "/2023/adjustments/")
    field, people_shown = page.locator("[data-narrows]"), page.locator("#pick-students label:visible")
    field.fill("СЕМЕНОВ")
    expect(people_shown).to_have_text(["Илья Семёнов (semenov)"])
    field.fill("фёдоров")
    expect(people_shown).to_have_text(["Пётр Федоров (fedorov)"])


def test_the_gradebook_keeps_group_and_order_as_one_types(
    run: Run, student: User, other_student: User, assistant: User, enter: Enter
) -> None:
    Membership.objects.filter(user=student).update(group="231")
    page = enter("vera", "/2023/gradebook/")
    page.get_by_role("link", name="Student").click()
    expect(page.locator("[aria-sort=descending]")).to_contain_text("Student")
    page.get_by_role("searchbox").press_sequentially("а")
    page.get_by_label("Group").select_option("231")
    expect(page.locator(".gradebook tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q=%D0%B0&group=231&sort=-name$"))
    expect(page.locator("#exports")).to_contain_text("Export the 1 student shown")
    expect(page.get_by_role("link", name="CSV")).to_have_attribute("href", re.compile("&group=231&sort=-name$"))
    page.get_by_role("link", name="Student").click()
    expect(page).to_have_url(re.compile(r"\?q=%D0%B0&group=231$"))


@pytest.mark.parametrize("width", [1280, 390])
def test_every_row_of_the_gradebook_has_its_line(run: Run, assistant: User, enter: Enter, width: int) -> None:
    for _ in range(24):
        factories.person(run=run)
    page = enter("vera", "/2023/gradebook/", width)
    page.set_viewport_size({"width": width, "height": 1700})
    expect(page.locator(".overview .sheet")).to_have_count(3)  # above the table: nothing moves any more
    book = page.locator(".book")
    picture = Image.open(io.BytesIO(book.screenshot())).convert("L")
    lines = book.evaluate(
        """book => {
          const {left, top} = book.getBoundingClientRect();
          const names = [...book.querySelectorAll("tbody tr:not(:first-child) th")];
          return names
            .map(name => name.getBoundingClientRect())
            .map(box => [Math.floor(box.right - left) - 4, Math.round(box.top - top)]);
        }"""
    )
    assert len(lines) == 23
    for x, y in lines:
        assert min(picture.getpixel((x, y + off)) for off in range(-2, 3)) < 240, f"no line at {y}"


def test_without_scripts_a_link_stands_where_the_overview_would_be(
    run: Run, student: User, assistant: User, browser: Browser, live_server, settings
) -> None:  # type: ignore[no-untyped-def]  # pytest-django's own objects
    settings.BASE_URL = live_server.url
    context = browser.new_context(base_url=live_server.url, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in/?next=/2023/gradebook/")
    page.get_by_label("Login").fill("vera")
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    place = page.locator("#overview")
    expect(place.get_by_role("link")).to_have_attribute("href", "/2023/gradebook/overview/")
    box = place.bounding_box()
    assert box
    assert box["height"] < 60
    page.get_by_role("searchbox").fill("nobody")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("Nobody here is called “nobody”.")).to_be_visible()
    context.close()


def test_extensions_are_undone_on_a_phone(
    run: Run, student: User, other_student: User, instructor: User, enter: Enter
) -> None:
    grant = adjustments.Grant(("activations",), None, 3, "грипп")
    adjustments.extend(run=run, students=[student, other_student], grant=grant, by=instructor)
    page = enter("osip", "/2023/adjustments/", width=390)
    for button in page.locator(".given button").all():
        box = button.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 390
    page.get_by_role("button", name="Undo all").click()
    expect(page.get_by_text("2 extensions are undone.")).to_be_visible()


def test_a_letter_is_sent_again_on_a_phone(run: Run, instructor: User, enter: Enter) -> None:
    outbox.put(address=f"{'x' * 60}@edu.example.org", subject="An invitation", text="Come in", run=run)
    error = "550 5.1.1 <nobody@edu.example.org>: Recipient address rejected: User unknown"
    Letter.objects.update(state=Delivery.FAILED, error=error)
    page = enter("osip", "/2023/letters/", width=390)
    box = page.get_by_role("button", name="Send again").bounding_box()
    assert box
    assert box["x"] + box["width"] <= 390, "however long the address"


def test_the_gradebook_is_printed_in_ink_and_without_controls(
    run: Run, student: User, instructor: User, enter: Enter
) -> None:
    Membership.objects.filter(user=student).update(group="231")
    page = enter("osip", "/2023/gradebook/")
    page.get_by_role("button", name="dark").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("table")).to_be_visible()
    for control in ("#q", "#group", "#exports", ".me-news", ".overview"):
        expect(page.locator(control)).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 34, 48)", "a theme is for screens"


@pytest.mark.parametrize("width", [1280, 390])
def test_no_number_of_the_reviewers_guide_is_cut_in_two(run: Run, assistant: User, enter: Enter, width: int) -> None:
    page = enter("vera", "/2023/reviews/bank/cv/", width)
    lines = page.evaluate(
        """() => [...document.querySelectorAll(".prose td")]
          .filter(cell => /^[\\d,]+$/.test(cell.textContent.trim()))
          .map(cell => { const range = document.createRange(); range.selectNodeContents(cell); return range; })
          .map(range => range.getClientRects().length)"""
    )
    assert lines
    assert set(lines) == {1}
    assert overflow(page) == 0


def test_the_keyboard_reaches_everything_and_is_seen(run: Run, student: User, enter: Enter) -> None:
    page = enter("anna", "/2023/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    assert focused.evaluate("element => Boolean(element.closest('main'))")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_fits_the_screen(run: Run, student: User, enter: Enter, width: int, theme: str) -> None:
    factories.person("long", "Константин-Александр Константинопольский-Верхнеуральский", run=run, role=Role.INSTRUCTOR)
    people.invite(run=run, role=Role.STUDENT, created_by=None, note="x" * 100)
    submission = factories.graded(factories.repository(student, run), "0.35")
    page = enter("long", "/2023/", width, theme)
    paths = ["assignments/activations/", f"submissions/{submission.pk}/", "gradebook/", "people/", "grades/"]
    for path in ["/2023/", *(f"/2023/{path}" for path in paths), "/account/"]:
        page.goto(path)
        assert overflow(page) == 0, path
        assert page.evaluate("document.querySelectorAll('h1:not(.statement h1)').length") == 1, path


def test_the_switches_of_news_fit_the_narrowest_screen(run: Run, student: User, enter: Enter) -> None:
    page = enter("anna", "/account/notices/", 320)
    assert overflow(page) == 0


def test_a_long_word_in_a_question_does_not_widen_a_phone(run: Run, student: User, enter: Enter) -> None:
    submission = factories.graded(factories.repository(student, run), "0.5", factories.NOW)
    page = enter("anna", f"/2023/submissions/{submission.pk}/", 390)
    page.get_by_text("The verdict seems wrong?").click()
    page.get_by_label("What seems wrong?").fill("https://example.org/" + "x" * 200)
    assert overflow(page) == 0


def test_a_login_is_suggested_and_the_password_stays_here(run: Run, browser: Browser, live_server) -> None:  # type: ignore[no-untyped-def]  # pytest-django's own object
    link = people.invite(run=run, role=Role.STUDENT, created_by=None)
    page = browser.new_page(base_url=live_server.url)
    page.goto(f"/invite/{link.token}/")
    page.locator("#id_password").fill(factories.PASSWORD)
    page.locator("#id_display_name").fill("Марина Цветаева")
    with page.expect_request(lambda request: "display_name=" in request.url) as asked:
        page.locator("#id_email").focus()
    expect(page.locator("#id_username")).to_have_value("m-tsvetaeva")
    assert "password" not in asked.value.url
    page.locator("#id_username").fill("marina")
    page.locator("#id_display_name").fill("Марина Ивановна Цветаева")
    page.locator("#id_email").focus()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#id_username")).to_have_value("marina")
    page.close()


def test_a_login_that_is_being_typed_is_not_replaced(run: Run, browser: Browser, live_server) -> None:  # type: ignore[no-untyped-def]  # pytest-django's own object
    link = people.invite(run=run, role=Role.STUDENT, created_by=None)
    page = browser.new_page(base_url=live_server.url)
    held = list[Route]()
    page.route(lambda url: "display_name=" in url, lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    page.goto(f"/invite/{link.token}/")
    page.locator("#id_display_name").fill("Марина Цветаева")
    with page.expect_request(lambda request: "display_name=" in request.url):
        page.locator("#id_username").focus()
    page.locator("#id_username").fill("marina")
    with page.expect_response(lambda response: "display_name=" in response.url):
        held[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#id_username")).to_have_value("marina")
    page.close()


def test_what_was_written_survives_the_end_of_the_session(run: Run, student: User, enter: Enter) -> None:
    submission = factories.graded(factories.repository(student, run), "0.35")
    report = f"/2023/submissions/{submission.pk}/"
    page = enter("anna", report)
    page.get_by_text("The verdict seems wrong?").click()
    page.get_by_label("What seems wrong?").fill("My sigmoid is stable")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Ask a teacher to look").click()
    expect(page.locator(".notice")).to_contain_text("nothing was sent")
    page.get_by_label("Login").fill("anna")
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{report}")
    expect(page.get_by_label("What seems wrong?")).to_have_value("My sigmoid is stable")
    page.get_by_role("button", name="Ask a teacher to look").click()
    expect(page.locator(".regrade .said")).to_have_text("My sigmoid is stable")
    page.goto(report)
    assert page.evaluate("sessionStorage.getItem('kafedra:sent')") is None
