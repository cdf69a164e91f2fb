"""WCAG 2.1 AA as far as axe can tell: every page of people, the student's side, the record and adjustments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.web import factories
from tests.web.browsing import Enter, overflow
from tests.web.questions.asked import asked
from tests.web.reviews import works

from kafedra.web import clock
from kafedra.web.adjustments import services as adjustments
from kafedra.web.appeals import services as appeals
from kafedra.web.people import services as people
from kafedra.web.people.invited.services import invite_by_name
from kafedra.web.people.joining import services as joining
from kafedra.web.people.models import Role, User
from kafedra.web.questions.services import answering
from kafedra.web.reviews.services import conversation, drafts, publishing
from kafedra.web.runs import terms
from kafedra.web.runs.models import AcceptedTerms, Run
from kafedra.web.submissions.models import Submission

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# colours don't depend on the width, nor what fits on the colours
on_both_screens = pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
LONG = "Константин-Александр Константинопольский-Верхнеуральский"


@pytest.fixture
def submission(run: Run, student: User, other_student: User, instructor: User) -> int:
    """A term with something on every page; returns the id of a submission."""
    factories.person("long", LONG, run=run)
    first = factories.graded(factories.repository(student, run), "0.35")
    factories.graded(first.repository, "0.85", factories.NOW - timedelta(hours=3))
    newcomer = {
        "name": LONG,
        "group": "232",
        "email": "fedor.sologub.who.writes.long.names@edu.example.org",
        "github": "sologub",
        "language": "en",
    }
    joining.request_invitation(run=run, **newcomer)
    joining.add_domain(run=run, domain="edu.hse.ru", by=instructor)
    joining.request_invitation(run=run, **newcomer | {"email": "sologub@edu.example.org"})
    invite_by_name(run=run, by=instructor, **newcomer | {"email": f"{'x' * 60}@edu.example.org"})
    people.invite(run=run, role=Role.STUDENT, created_by=instructor, note="x" * 100)
    grant = adjustments.Grant(("activations",), None, 1, "Грипп")
    adjustments.extend(run=run, students=[student], grant=grant, by=instructor)
    by_hand = {"assignment": "activations", "points": Decimal("0.75"), "reason": "viva", "by": instructor}
    adjustments.set_points(run=run, student=other_student, **by_hand)
    appeals.ask(submission=first, test="test_edges.py::test_large", message="x" * 300)
    document = terms.as_json(terms.in_force("2023"))
    document["late"]["percent_per_day"] = "5"
    AcceptedTerms.objects.create(run=run, terms=document)
    return first.pk


def complaints(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": LEVELS}).response["violations"]
    return [f"{page.url}: {one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@on_both_screens
def test_nobody_is_shut_out(submission: int, enter: Enter, width: int, theme: str) -> None:  # a fixture
    question = f"/2023/questions/{answered(submission)}/"
    pages = {
        "anna": ["/2023/", "/2023/questions/", question, f"/2023/questions/ask/?about=test:{submission}:2",
                 "/2023/grades/?cv=3&exam=8", f"/2023/submissions/{submission}/", "/news/", "/account/",
                 "/account/notices/", "/account/record/", "/account/api/", "/account/webhooks/", "/api/"],
        "osip": [question, "/2023/people/?invited=open", "/2023/people/import/", "/2023/adjustments/", "/2023/terms/",
                 "/2023/record/", "/2023/inbox/", "/2023/gradebook/", "/2023/gradebook/overview/", "/2023/letters/",
                 "/2023/gradebook/pictures/", "/2023/marks/", "/2023/marks/exam/", "/2023/record-book/"],
    }  # fmt: skip
    found = []
    for login, paths in pages.items():
        page = enter(login, "/account/", width, theme)
        for path in paths:
            page.goto(path)
            found += complaints(page)
            assert overflow(page) == 0, path
    found += of_somebody_leaving(page, "/2023/people/", width)
    page.context.clear_cookies()
    for path in ("/sign-in/", "/sign-in/link/", "/join/2023/"):
        page.goto(path)
        found += complaints(page)
    assert found == []


def answered(submission: int) -> int:
    """A question of the submission's author with a confirmed answer."""
    repository = Submission.objects.get(pk=submission).repository
    teacher = User.objects.get(username="osip")
    question = asked(repository.run, repository.student, LONG * 2, f"`{LONG * 4}` $\\sum_i x_i$")
    answer = answering.answer(question=question, author=teacher, by_staff=True, text=LONG * 9)
    answering.confirm(answer=answer, by=teacher, confirmed=True)
    return question.pk


def of_somebody_leaving(page: Page, people: str, width: int) -> list[str]:
    found = visited(page, people, width)
    page.get_by_role("link", name=LONG).click()
    page.locator("#id_why").wait_for()
    found += complaints(page)
    page.locator("#id_why").fill("Забрал документы")
    page.locator("#remove button").click()
    page.get_by_role("button", name="Take out of the run").wait_for()
    assert overflow(page) == 0
    return found + complaints(page)


@pytest.fixture
def reviewed(run: Run, student: User, other_student: User, instructor: User) -> Iterator[int]:
    """Three days later: a published review with a reply, a draft, a request about a test, a solution to open."""
    with clock.shifted(timedelta(days=3)):
        first = works.handed_in(works.work(student, run), points="0.35")
        _comment(first, instructor, 3, "Цикл вместо матрицы, $O(n^2)$ и `for`", Decimal("0.2"))
        _comment(first, instructor, 0, "**Хорошо** в целом")
        publishing.publish(submission=first, by=instructor, seen=2)
        conversation.say(submission=first, author=student, by_staff=False, text="Почему `0.2`?")
        appeals.ask(submission=first, test="test_edges.py::test_large", message="Моя сигмоида устойчива")
        drafted = works.handed_in(works.work(other_student, run))
        _comment(drafted, instructor, 3, "Черновик")
        yield first.pk


def _comment(submission: Submission, by: User, cell: int, text: str, taken_off: Decimal = Decimal(0)) -> None:
    words = drafts.Words(cell, text, taken_off)
    drafts.save_comment(submission=submission, by=by, uid=uuid4(), words=words, seen=drafts.Seen(0, 0))


@on_both_screens
def test_nobody_is_shut_out_of_reviews_and_solutions(reviewed: int, enter: Enter, width: int, theme: str) -> None:
    own, solution = f"/2023/submissions/{reviewed}/", "/2023/assignments/activations/solution/"
    found = []
    page = enter("osip", "/account/", width, theme)
    for path in ("/2023/reviews/?scope=all", f"/2023/reviews/{reviewed}/", "/2023/inbox/", solution):
        found += visited(page, path, width)
    page = enter("anna", "/account/", width, theme)
    for path in ("/2023/assignments/activations/", own, f"{own}notebook/", solution):
        found += visited(page, path, width)
    page.locator("main button.primary").click()
    page.locator("article.statement").wait_for()
    assert found + complaints(page) == []


def visited(page: Page, path: str, width: int) -> list[str]:
    page.goto(path)
    assert overflow(page) == 0, path
    return complaints(page)


def test_imagined_points_move_the_grade_as_one_types(submission: int, enter: Enter) -> None:  # a fixture
    page = enter("anna", "/2023/grades/")
    page.locator("#id_cv").fill("4")
    page.locator("#id_nlp").fill("4")
    page.locator("#prospects .state.passed").wait_for()
    assert "8.765" in page.locator("#prospects").inner_text()
