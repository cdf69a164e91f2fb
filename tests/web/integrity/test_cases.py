"""From an opened case to its reversal, as pages show it; who sees what; what can't be changed any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.integrity import opened
from tests.web.reading import text

from kafedra.policy import Ruling
from kafedra.web import clock
from kafedra.web.integrity import services
from kafedra.web.integrity.models import Case, Decision, Fragment
from kafedra.web.outbox.models import Letter
from kafedra.web.people.members.services import belonging
from kafedra.web.people.members.services.leaving import remove
from kafedra.web.people.models import Membership, Role, User
from kafedra.web.runs.models import Run


@pytest.fixture
def case(run: Run, student: User, other_student: User, instructor: User) -> Case:
    return opened.pair(run, student, other_student, instructor)


@pytest.fixture
def with_text(case: Case, student: User) -> Case:
    """Each side has four lines; the third of the second one names its author."""
    for side, lines in zip(
        case.both, (["# %% [1]", "a = 1", "b = 2", "c"], ["# %% [1]", "a = 1", "# Борис", "d"]), strict=True
    ):
        side.lines = lines
        side.save()
    return case


def address(case: Case) -> str:
    return f"/2023/integrity/{case.pk}/"


def two_weeks_later(monkeypatch: pytest.MonkeyPatch) -> None:
    now = factories.NOW + timedelta(days=14)
    monkeypatch.setattr(clock, "now", lambda: now)


def test_staff_opens_a_case_from_a_submission(
    run: Run, student: User, other_student: User, assistant: User, signed_in: SignIn
) -> None:
    first, second = (factories.graded(factories.repository(who, run), "0.8") for who in (student, other_student))
    page = signed_in(assistant)
    assert f"/2023/integrity/open/{first.pk}/" in page.get(f"/2023/submissions/{first.pk}/").content.decode()
    form = {"ground": "copying", "second": second.pk, "words": opened.WORDS}
    shown = page.post(f"/2023/integrity/open/{first.pk}/", form, follow=True)
    assert "Nobody has been told yet" in text(shown)
    case = Case.objects.get()
    assert [side.student for side in case.both] == [student, other_student]
    assert "Анна Ахматова" in text(page.get("/2023/integrity/"))
    page.post(f"/2023/integrity/open/{first.pk}/", form)
    assert Case.objects.count() == 1, "the same form twice is one case"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"exact": "http://localhost/2023/submissions/{second}/"}, "one of them"),
        ({"second": "", "exact": "/2023/submissions/{first}/"}, "no such submission of another student"),
        ({"second": "", "exact": "вон та"}, "no such submission of another student"),
        ({"words": "Как у Борисa, то есть у Пастернака Пастернак"}, "would learn of each other"),
        ({"words": "см. BORIS"}, "leave out “BORIS”"),
        ({"ground": "deceiving"}, "open two cases"),
        ({"words": " "}, "required"),
    ],
)
def test_a_wrong_form_comes_back(
    changes: dict[str, str], said: str, run: Run, student: User, other_student: User, assistant: User, signed_in: SignIn
) -> None:
    first, second = (factories.graded(factories.repository(who, run), "0.8") for who in (student, other_student))
    form = {"ground": "copying", "second": str(second.pk), "exact": "", "words": opened.WORDS} | changes
    form["exact"] = form["exact"].format(first=first.pk, second=second.pk)
    page = signed_in(assistant).post(f"/2023/integrity/open/{first.pk}/", form)
    assert (page.status_code, said in text(page)) == (422, True), text(page)
    assert not Case.objects.exists()


def test_the_service_takes_no_pair_that_is_none(run: Run, student: User, other_student: User, instructor: User) -> None:
    mine = factories.graded(factories.repository(student, run), "1")
    again = factories.graded(mine.repository, "1", factories.NOW)
    elsewhere = factories.graded(factories.repository(other_student, run, "dropout"), "1")
    for second in (mine, again, elsewhere):
        with pytest.raises(services.Unsuitable):
            services.open_case(first=mine, second=second, words=opened.WORDS, by=instructor)


def test_the_student_knows_nothing_until_asked(
    case: Case, student: User, other_student: User, instructor: User, signed_in: SignIn
) -> None:
    mine = signed_in(student)
    assert mine.get(address(case)).status_code == 404
    assert "question about your work" not in text(mine.get("/2023/"))
    for path in ("/account/record/", "/2023/grades/", "/news/"):
        assert "integrity" not in text(mine.get(path)).lower()
    signed_in(instructor).post(f"/2023/integrity/sides/{opened.side_of(case, student).pk}/ask/")
    shown = text(mine.get(address(case)))
    assert opened.WORDS in shown
    assert "question about your work" in text(mine.get("/2023/"))
    assert "how your work came about" in text(mine.get("/news/"))
    assert signed_in(other_student).get(address(case)).status_code == 404, "each side by itself"


def test_a_letter_goes_whatever_the_student_switched_off(
    case: Case, student: User, instructor: User, signed_in: SignIn
) -> None:
    User.objects.filter(pk=student.pk).update(email="anna@example.org")
    client = signed_in(student)
    client.post("/account/notices/", {})
    assert "can't be switched off" in text(client.get("/account/notices/"))
    services.ask(side=opened.side_of(case, student), rule=opened.rule(), by=instructor)
    letter = Letter.objects.get(address="anna@example.org")
    assert "23:59" in letter.subject + letter.text
    assert address(case) in letter.text
    assert "how your work came about" in text(client.get("/2023/"))


def test_neither_side_learns_who_the_other_is(
    with_text: Case, student: User, other_student: User, instructor: User, signed_in: SignIn
) -> None:
    services.mark(case=with_text, marked=services.Marked((2, 3), (2, 3), "те же"), by=instructor)
    for person, other in ((student, other_student), (other_student, student)):
        side = opened.answered(opened.side_of(with_text, person), instructor)
        services.decide(side=side, ruling=Ruling.WARNING, reason=opened.REASON, rule=opened.rule(), by=instructor)
        client = signed_in(person)
        pages = [
            client.get(path).content.decode()
            for path in (address(with_text), "/2023/", "/news/", "/account/record/", "/2023/grades/")
        ]
        for name in (*other.display_name.split(), other.username):
            assert not any(name in page for page in pages), name
    shown = text(signed_in(student).get(address(with_text)))
    assert "# ▒▒▒" in shown, "a line of the other's, without the name"
    assert "# Борис" in text(signed_in(other_student).get(address(with_text))), "one's own text as it was"


def test_lines_are_marked_until_somebody_is_asked(
    with_text: Case, student: User, assistant: User, instructor: User, signed_in: SignIn
) -> None:
    page, marks = signed_in(assistant), f"{address(with_text)}mark/"
    assert "There are only 4 lines" in text(page.post(marks, {"first": "2-5", "second": "1"}))
    assert "such as 12 or 12-30" in text(page.post(marks, {"first": "two", "second": "1"}))
    page.post(marks, {"first": "2–3", "second": "2", "note": "опечатка"})
    fragment = Fragment.objects.get()
    assert (fragment.lines_of(0), fragment.lines_of(1), fragment.marked_by) == ((2, 3), (2, 2), assistant)
    assert 'data-line="3" class="marked"' in page.get(address(with_text)).content.decode()
    services.ask(side=opened.side_of(with_text, student), rule=opened.rule(), by=instructor)
    page.post(marks, {"first": "1", "second": "1"})
    late = page.post(f"/2023/integrity/fragments/{fragment.pk}/remove/", follow=True)
    assert "stays as it was" in text(late)
    assert Fragment.objects.get() == fragment


def test_the_evidence_stays_when_the_work_changes(
    with_text: Case, student: User, assistant: User, signed_in: SignIn
) -> None:
    repository = opened.side_of(with_text, student).submission.repository
    factories.graded(repository, "1", factories.NOW)
    assert "a = 1" in text(signed_in(assistant).get(address(with_text)))


def test_hostile_text_stays_text(case: Case, student: User, instructor: User, signed_in: SignIn) -> None:
    hostile = "</pre><script>alert(1)</script>"
    side = opened.side_of(case, student)
    side.lines, side.cited = [hostile] * 3, [{"first": 1, "last": 2, "origin": hostile}]
    side.save()
    services.mark(case=Case.objects.get(), marked=services.Marked((1, 3), None, hostile), by=instructor)
    services.ask(side=side, rule=opened.rule(), by=instructor)
    services.answer(side=side, text=hostile)
    for client in (signed_in(instructor), signed_in(student)):
        page = client.get(address(case)).content.decode()
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
    assert "<script>alert" not in signed_in(instructor).get("/2023/inbox/").content.decode()


def test_an_answer_reaches_the_inbox_and_may_be_changed(
    case: Case, student: User, instructor: User, assistant: User, signed_in: SignIn
) -> None:
    side, mine = opened.side_of(case, student), signed_in(student)
    services.ask(side=side, rule=opened.rule(), by=instructor)
    path = f"/2023/integrity/sides/{side.pk}/answer/"
    assert mine.post(path, {"answer": " "}).status_code == 422
    mine.post(path, {"answer": "Сам"})
    mine.post(path, {"answer": "Сам, вот черновик"})
    assert "Сам, вот черновик" in text(signed_in(assistant).get("/2023/inbox/?kind=case"))
    assert signed_in(assistant).post(path, {"answer": "я"}).status_code == 404


def test_too_late_an_answer_is_not_lost(
    case: Case, student: User, instructor: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    side = opened.side_of(case, student)
    services.ask(side=side, rule=opened.rule(), by=instructor)
    two_weeks_later(monkeypatch)
    late = signed_in(student).post(f"/2023/integrity/sides/{side.pk}/answer/", {"answer": "Длинное объяснение"})
    assert late.status_code == 422
    assert "Длинное объяснение" in text(late)
    assert "was not kept" in text(late)
    assert "no answer in time" in text(signed_in(instructor).get("/2023/inbox/")).lower()


def test_nothing_is_found_before_the_student_could_answer(
    case: Case, student: User, instructor: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    side, page = opened.side_of(case, student), signed_in(instructor)
    services.ask(side=side, rule=opened.rule(), by=instructor)
    path, form = (
        f"/2023/integrity/sides/{side.pk}/decide/",
        {"ruling": "all", "reason": opened.REASON, "confirm": "yes"},
    )
    early = page.post(path, form)
    assert (early.status_code, "still time to answer" in text(early)) == (422, True)
    assert services.decide(side=side, ruling=Ruling.ALL, reason="…", rule=opened.rule(), by=instructor) is None
    two_weeks_later(monkeypatch)
    assert "Decided." in text(page.post(path, form, follow=True))


def test_only_what_the_rule_of_the_run_has(case: Case, student: User, instructor: User, signed_in: SignIn) -> None:
    side = opened.answered(opened.side_of(case, student), instructor)
    with pytest.raises(ValueError, match="assignment"):
        services.decide(side=side, ruling=Ruling.ASSIGNMENT, reason="…", rule=opened.rule(), by=instructor)
    form = {"ruling": "assignment", "reason": opened.REASON}
    assert signed_in(instructor).post(f"/2023/integrity/sides/{side.pk}/decide/", form).status_code == 422


def test_decision_and_reversal_show_first_what_they_move(
    case: Case, student: User, instructor: User, signed_in: SignIn
) -> None:
    side, page, mine = (
        opened.answered(opened.side_of(case, student), instructor),
        signed_in(instructor),
        signed_in(student),
    )
    path, form = f"/2023/integrity/sides/{side.pk}/decide/", {"ruling": "all", "reason": opened.REASON}
    preview = text(page.post(path, form))
    assert "−0.8" in preview
    assert not Decision.objects.exists(), "a look decides nothing"
    page.post(path, form | {"confirm": "yes"})
    for where in ("/2023/grades/", "/2023/"):
        assert f"integrity case : {opened.REASON}" in text(mine.get(where))
    book = page.get("/2023/gradebook/").content.decode()
    assert f'href="{address(case)}" title="{opened.REASON}"' in book
    assert "the case about your work is decided" in text(mine.get("/2023/"))
    decision = Decision.objects.get()
    back, why = f"/2023/integrity/decisions/{decision.pk}/reverse/", {"reason": "Ошиблись"}
    assert "+0.8" in text(page.post(back, why))
    assert "everything counts as it did" in text(page.post(back, why | {"confirm": "yes"}, follow=True))
    assert opened.REASON not in text(mine.get("/2023/grades/"))
    assert "Ошиблись" in text(mine.get(address(case)))
    assert "taken back already" in text(page.post(back, why | {"confirm": "yes"}, follow=True))


def test_a_closed_case_changes_through_its_reversal_alone(
    case: Case, student: User, instructor: User, signed_in: SignIn
) -> None:
    side = opened.side_of(case, student)
    decision = opened.decided(side, Ruling.WARNING, instructor)
    page = signed_in(instructor)
    form = {"ruling": "all", "reason": "строже", "confirm": "yes"}
    assert "A colleague has decided already" in text(
        page.post(f"/2023/integrity/sides/{side.pk}/decide/", form, follow=True)
    )
    assert not services.answer(side=side, text="позже")
    assert not services.ask(side=side, rule=opened.rule(), by=instructor)
    assert list(Decision.objects.all()) == [decision]
    services.reverse(decision=decision, reason="Ошиблись", by=instructor)
    assert services.decide(side=side, ruling=Ruling.ALL, reason="строже", rule=opened.rule(), by=instructor)
    assert [one.ruling for one in Decision.objects.all()] == ["all", "warning"], "what was before is kept"


def test_about_each_side_it_is_decided_separately(
    case: Case, student: User, other_student: User, instructor: User, signed_in: SignIn
) -> None:
    opened.decided(opened.side_of(case, student), Ruling.ALL, instructor)
    assert not Case.objects.get().closed
    opened.decided(opened.side_of(case, other_student), Ruling.WARNING, instructor)
    assert Case.objects.get().closed
    assert "integrity case" in text(signed_in(student).get("/2023/grades/"))
    assert "integrity case" not in text(signed_in(other_student).get("/2023/grades/"))


def test_a_case_dropped_in_silence_stays_silent(case: Case, student: User, instructor: User, signed_in: SignIn) -> None:
    side = opened.side_of(case, student)
    services.decide(side=side, ruling=Ruling.NOTHING, reason="Общий шаблон", rule=opened.rule(), by=instructor)
    mine = signed_in(student)
    assert mine.get(address(case)).status_code == 404
    assert "Общий шаблон" not in mine.get("/account/record/").content.decode()


def test_about_who_has_left_it_can_be_decided_and_holds_when_they_return(
    case: Case, run: Run, student: User, instructor: User, signed_in: SignIn
) -> None:
    remove(membership=Membership.objects.get(user=student, run=run), by=instructor, why="отчислен")
    side = opened.side_of(case, student)
    assert not services.ask(side=side, rule=opened.rule(), by=instructor), "they could not read it"
    assert "No longer in the run" in text(signed_in(instructor).get(address(case)))
    made = services.decide(side=side, ruling=Ruling.ALL, reason=opened.REASON, rule=opened.rule(), by=instructor)
    assert made is not None
    assert signed_in(student).get(address(case)).status_code == 404
    belonging.join(user=student, run=run, role=Role.STUDENT)
    assert opened.REASON in text(signed_in(student).get(address(case)))
    assert opened.REASON in text(signed_in(student).get("/2023/grades/"))


def test_whoever_is_a_side_is_not_its_staff(
    case: Case, run: Run, student: User, instructor: User, signed_in: SignIn
) -> None:
    side = opened.answered(opened.side_of(case, student), instructor)
    Membership.objects.filter(user=student, run=run).update(role=Role.INSTRUCTOR)
    mine = signed_in(student)
    assert "A question about your work" in text(mine.get(address(case)))
    form = {"ruling": "nothing", "reason": "я хороший", "confirm": "yes"}
    assert mine.post(f"/2023/integrity/sides/{side.pk}/decide/", form).status_code == 404
    assert not Decision.objects.exists()
