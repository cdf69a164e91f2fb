"""From a question to its answer: who reads what, who is told, what is shown of one's own work."""

from __future__ import annotations

import re
from datetime import timedelta

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SignIn
from tests.web.questions.asked import ASK, WORDS, ask, asked, at
from tests.web.reading import text

from kafedra.web import clock
from kafedra.web.people.models import User
from kafedra.web.questions.models import Answer, Audience, Question
from kafedra.web.questions.services import answering
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission


def test_from_the_question_to_the_confirmed_answer(page: Client, classmate: Client, staff: Client) -> None:
    question = ask(page)
    assert "A new question: “Почему градиент складывается?”" in text(staff.get("/news/"))
    assert "Почему градиент складывается?" in text(staff.get("/2023/inbox/"))
    classmate.post(f"{at(question)}answer/", {"text": "Да: $\\sum_i$ по путям."})
    assert "There is an answer to the question" in text(page.get("/news/"))
    assert "Почему градиент" in text(staff.get("/2023/inbox/")), "a classmate's answer doesn't end the wait"
    answer = Answer.objects.get()
    staff.post(f"/2023/answers/{answer.pk}/confirm/")
    shown = page.get(at(question))
    assert "confirmed by Вера Инбер" in text(shown)
    assert "<munder>" in shown.content.decode() or "<msub>" in shown.content.decode(), "formulas are formulas"
    assert "Your answer to “Почему градиент складывается?” is confirmed" in text(classmate.get("/news/"))
    assert "Почему градиент" not in text(staff.get("/2023/inbox/"))
    assert "Почему градиент" not in text(page.get("/2023/questions/?tab=waiting"))


def test_what_helped_its_asker_resolves_it_and_more_words_open_it_again(
    page: Client, staff: Client, classmate: Client
) -> None:
    question = ask(page)
    classmate.post(f"{at(question)}answer/", {"text": "По всем."})
    answer = Answer.objects.get()
    page.post(f"/2023/answers/{answer.pk}/helped/")
    assert "resolved" in text(page.get(at(question)))
    assert "helped the asker" in text(staff.get(at(question)))
    page.post(f"{at(question)}answer/", {"text": "А если путь проходит дважды?"})
    assert "Почему градиент" in text(staff.get("/2023/inbox/"))
    assert "Said once more under the question" in text(staff.get("/news/"))
    page.post(f"{at(question)}answer/", {"text": "Понял сам, спасибо!", "resolved": "1"})
    assert "Почему градиент" not in text(staff.get("/2023/inbox/")), "thanks need no answer"


def test_somebody_without_a_name_has_none_anywhere_for_classmates(
    page: Client, classmate: Client, staff: Client, student: User, other_student: User
) -> None:
    question = ask(page, audience="unnamed")
    classmate.post(f"{at(question)}answer/", {"text": "По всем."})
    page.post(f"{at(question)}answer/", {"text": "Понял, спасибо!"})
    for answer in Answer.objects.all():
        page.post(f"/2023/answers/{answer.pk}/helped/")
    name = student.get_full_name()
    for path in (
        at(question),
        "/2023/questions/",
        "/2023/",
        "/news/",
        "/account/record/",
        "/account/record/?only=points",
    ):
        shown = classmate.get(path).content.decode()
        assert name not in shown, path
        assert "anna" not in shown, path
    assert "the asker, without a name" in text(classmate.get(at(question)))
    assert f"{name} (classmates don't see the name)" in text(staff.get(at(question)))
    assert f"{name} (classmates don't see your name, teachers do)" in text(page.get(at(question)))
    form = text(page.get(ASK))
    assert "Classmates won't see who asks. Teachers will" in form


def test_for_teachers_alone(page: Client, classmate: Client, staff: Client) -> None:
    question = ask(page, audience="staff")
    assert classmate.get(at(question)).status_code == 404
    assert "Почему градиент" not in text(classmate.get("/2023/questions/"))
    assert "Почему градиент" not in text(classmate.get("/2023/questions/similar/", {"title": WORDS["title"]}))
    assert staff.get(at(question)).status_code == 200


def test_what_was_asked_already_is_shown_before_it_is_asked_again(
    page: Client, classmate: Client, staff: Client, run: Run, other_student: User
) -> None:
    known = asked(run, other_student, "Зачем складывать градиенты по путям?", "У одной вершины несколько потребителей.")
    typed = page.get("/2023/questions/similar/", {"title": "почему складывается градиент по всем путям"})
    assert "Зачем складывать градиенты" in typed.content.decode()
    looked = page.post(ASK, {**WORDS, "send": "1"})
    assert "Зачем складывать градиенты" in text(looked)
    assert Question.objects.count() == 1, "nothing is asked before it was seen"
    seen = page.post(ASK, {**WORDS, "send": "1", "seen": str(known.pk)})
    assert seen.status_code == 302, "what was seen while typing needs no step of its own"
    page.post(f"{at(known)}same/")
    assert "1 more has the same question" in text(staff.get("/2023/inbox/"))
    staff.post(f"{at(known)}answer/", {"text": "Правило цепочки."})
    assert "There is an answer to the question “Зачем складывать" in text(page.get("/news/"))


def test_duplicates_are_joined_and_old_links_lead_to_the_answer(
    page: Client, classmate: Client, staff: Client, run: Run, student: User, other_student: User
) -> None:
    first, again = asked(run, other_student, "Зачем граф?"), asked(run, student, "Для чего нужен граф?")
    staff.post(f"{at(again)}merge/", {"into": f"http://testserver{at(first)}"})
    came = page.get(at(again), follow=True)
    assert came.redirect_chain[-1][0].startswith(at(first))
    assert "joined to this one" in text(came)
    assert "Joined to it: Для чего нужен граф?" in text(came)
    assert "Для чего" not in text(classmate.get("/2023/questions/"))
    staff.post(f"{at(first)}answer/", {"text": "Чтобы считать один раз."})
    assert "Your question was joined to “Зачем граф?”" in text(page.get("/news/"))
    assert "There is an answer to the question “Зачем граф?”" in text(page.get("/news/"))
    staff.post(f"{at(again)}merge/", {"undo": "1"})
    assert page.get(at(again)).status_code == 200


def test_nobody_is_led_to_what_they_may_not_read(
    page: Client, staff: Client, run: Run, student: User, other_student: User
) -> None:
    private, mine = asked(run, other_student, "Секрет", audience=Audience.STAFF), asked(run, student)
    answer = staff.post(f"{at(mine)}merge/", {"into": str(private.pk)}, follow=True)
    assert "They can't be joined" in text(answer)
    assert "Секрет" not in text(page.get(at(mine), follow=True))


def test_a_verdict_is_asked_about_to_teachers_alone_unless_its_author_says_otherwise(
    page: Client, classmate: Client, staff: Client, submission: Submission
) -> None:
    about = f"test:{submission.pk}:2"
    report = page.get(f"/2023/submissions/{submission.pk}/").content.decode()
    assert f"{ASK}?about={about}" in report
    form = page.get(ASK, {"about": about}).content.decode()
    assert re.search(r'value="staff"\s+checked', form)
    question = ask(page, about=about, audience="staff", title="Откуда NaN?")
    assert "наибольшая ошибка" in text(staff.get(at(question)))
    assert f"/2023/submissions/{submission.pk}/" in staff.get(at(question)).content.decode()
    assert classmate.get(at(question)).status_code == 404


def test_what_others_will_see_of_ones_work_is_shown_first(
    page: Client, classmate: Client, submission: Submission
) -> None:
    about = {"about": f"test:{submission.pk}:2", "title": "Откуда NaN?", "audience": "named"}
    looked = page.post(ASK, {**WORDS, **about, "send": "1"})
    assert not Question.objects.exists(), "nobody shows their work without having seen what others will see"
    preview = text(looked).split("Exactly what your classmates will see")[1].split("To change something")[0]
    assert "seen by teachers alone" in preview
    assert "наибольшая ошибка" not in preview
    question = ask(page, **about)
    assert "наибольшая ошибка" not in text(classmate.get(at(question)))
    shown = ask(page, **about, shows_work="on", text="Ещё раз")
    assert "наибольшая ошибка" in text(classmate.get(at(shown)))
    assert f"/submissions/{submission.pk}/" not in classmate.get(at(shown)).content.decode()


def test_a_preview_is_of_what_is_sent(page: Client, submission: Submission) -> None:
    form = {**WORDS, "about": f"test:{submission.pk}:2", "send": "1"}
    checked = re.search(r'name="checked" value="(\w+)"', page.post(ASK, form).content.decode())
    assert checked
    other = page.post(ASK, {**form, "checked": checked[1], "shows_work": "on"})
    assert other.status_code == 200, "other words have to be looked at anew"
    assert not Question.objects.exists()


def test_others_work_is_no_subject(classmate: Client, submission: Submission) -> None:
    for about in (f"test:{submission.pk}:2", f"cell:{submission.pk}:1", "test:1", "topic:99", "topic:²", "cell::", "x"):
        assert classmate.get(ASK, {"about": about}).status_code == 404, about


def test_code_for_all_is_warned_of(page: Client, classmate: Client, staff: Client, run: Run, student: User) -> None:
    code = "Так?\n```python\n" + "x = 1\n" * 8 + "```"
    looked = page.post(ASK, {**WORDS, "about": "assignment:activations", "text": code, "send": "1"})
    assert "There is code in it" in text(looked)
    question = ask(page, about="assignment:activations")
    answered = classmate.post(f"{at(question)}answer/", {"text": code})
    assert "If it is a solution of the assignment, leave it out" in text(answered)
    assert "x = 1" in text(answered), "nothing is lost"
    assert not Answer.objects.exists()
    assert staff.post(f"{at(question)}answer/", {"text": code}).status_code == 302


def test_a_solution_of_a_harder_problem_is_for_teachers_alone(
    page: Client, classmate: Client, run: Run, student: User
) -> None:
    about = f"problem:1:{course.current().materials[1].harder[0].slug}"
    form = page.get(ASK, {"about": about})
    assert "Show a solution" in text(form)
    assert f"{ASK}?about={about}" in page.get(reverse("materials:harder", args=["2023", "backprop"])).content.decode()
    assert "the problem stays a problem for the others" in text(form)
    assert page.post(ASK, {**WORDS, "about": about, "send": "1"}).status_code == 422, "nobody can spoil it for others"
    question = ask(page, about=about, audience="staff")
    assert classmate.get(at(question)).status_code == 404


def test_taken_back_and_hidden(page: Client, classmate: Client, staff: Client, run: Run, student: User) -> None:
    first, second = ask(page), ask(page, title="Другое")
    page.post(f"{at(first)}take-back/")
    assert WORDS["title"] not in classmate.get(at(first)).content.decode()
    assert "Taken back by its author" in text(classmate.get(at(first)))
    assert WORDS["title"] in text(staff.get(at(first)))
    assert WORDS["title"] not in text(classmate.get("/2023/questions/"))
    assert "Say why" in text(staff.post(f"{at(second)}hide/", {"why": " "}, follow=True))
    staff.post(f"{at(second)}hide/", {"why": "здесь решение"})
    assert classmate.get(at(second)).status_code == 404
    assert "Hidden by a teacher: здесь решение" in text(page.get(at(second)))
    assert "has hidden what you wrote" in text(page.get("/news/"))
    staff.post(f"{at(second)}hide/", {"undo": "1"})
    assert classmate.get(at(second)).status_code == 200


def test_an_answer_taken_back_or_hidden_is_read_by_nobody_else(
    page: Client, classmate: Client, staff: Client, run: Run, student: User, other_student: User
) -> None:
    question = asked(run, student)
    answers = [
        answering.answer(question=question, author=other_student, by_staff=False, text=f"слово{n}") for n in (1, 2)
    ]
    classmate.post(f"/2023/answers/{answers[0].pk}/take-back/")
    staff.post(f"/2023/answers/{answers[1].pk}/hide/", {"why": "грубо"})
    shown = page.get(at(question)).content.decode()
    assert "слово1" not in shown
    assert "слово2" not in shown
    assert "грубо" not in shown
    assert "слово2" in classmate.get(at(question)).content.decode()


def test_changes_are_recorded_and_free_a_confirmed_answer(
    page: Client,
    classmate: Client,
    staff: Client,
    instructor: User,
    signed_in: SignIn,
    run: Run,
    student: User,
    other_student: User,
) -> None:
    question = ask(page)
    answer = answering.answer(question=question, author=other_student, by_staff=False, text="Так.")
    answering.confirm(answer=answer, by=instructor, confirmed=True)
    edit = page.post(f"{at(question)}edit/", {**WORDS, "title": "Как складывается?", "send": "1"})
    assert edit.status_code == 302
    classmate.post(f"/2023/answers/{answer.pk}/edit/", {"text": "Не так."})
    answer.refresh_from_db()
    assert answer.confirmed_at is None
    told = text(signed_in(instructor).get("/2023/record/", {"q": "Как складывается"}))
    assert "question changed" in told
    assert "Почему градиент складывается?" in told


def test_a_question_changed_to_teachers_alone_tells_nobody_else(
    page: Client, classmate: Client, staff: Client, run: Run, student: User
) -> None:
    question = ask(page)
    classmate.post(f"{at(question)}same/")
    page.post(f"{at(question)}edit/", {**WORDS, "audience": "staff", "send": "1"})
    staff.post(f"{at(question)}answer/", {"text": "Ответ."})
    assert "There is an answer" not in text(classmate.get("/news/"))


HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3)) ![y](https://evil.example/p.png)"
)


def test_hostile_words_do_nothing(page: Client, classmate: Client, staff: Client) -> None:
    question = ask(page, title="<script>alert(0)</script>\u202eпереворот", text=HOSTILE)
    classmate.post(f"{at(question)}answer/", {"text": HOSTILE})
    for client, path in (
        (classmate, at(question)),
        (staff, "/2023/inbox/"),
        (page, "/2023/questions/"),
        (staff, "/news/"),
    ):
        shown = client.get(path).content.decode()
        for bad in ("\u202e", "<script>alert", "<img src=x", 'href="javascript', 'src="https://evil'):
            assert bad not in shown, path


def test_what_is_changed_again_and_again_fills_no_record(page: Client, run: Run, student: User) -> None:
    question = asked(run, student)
    page.post(f"{at(question)}answer/", {"text": "Так."})  # the first of what is counted
    answer = Answer.objects.get()
    form = {**WORDS, "send": "1", "title": "Почему?"}
    changes = [page.post(f"{at(question)}edit/", {**form, "text": f"Так {number}?"}) for number in range(20)]
    changes += [page.post(f"/2023/answers/{answer.pk}/edit/", {"text": f"Так {number}."}) for number in range(20)]
    assert [one.status_code for one in changes] == [302] * 29 + [422] * 11
    assert "Так 19." in text(changes[-1]), "nothing that was typed is lost"
    answer.refresh_from_db()
    assert answer.text == "Так 8."


def test_search_finds_other_forms_of_the_words(page: Client, run: Run, student: User) -> None:
    asked(run, student, "Зачем складывать градиенты по путям?")
    assert "Зачем складывать" in text(page.get("/2023/questions/", {"q": "градиентов"}))
    assert "Nobody has asked that yet" in text(page.get("/2023/questions/", {"q": "дропаут"}))


def test_twice_is_once(page: Client) -> None:
    ask(page)
    ask(page)
    assert Question.objects.count() == 1


def test_empty_places_say_what_will_be_there(page: Client, staff: Client) -> None:
    assert "Nobody has asked anything yet" in text(page.get("/2023/questions/"))
    assert "You have asked nothing yet" in text(page.get("/2023/questions/?tab=mine"))
    assert "No question waits" in text(page.get("/2023/questions/?tab=waiting"))
    assert "Nobody waits for an answer" in text(staff.get("/2023/inbox/"))
    assert "Nothing was answered yet" in text(staff.get("/2023/inbox/?done"))


def test_what_is_pinned_stands_first_everywhere(run: Run, student: User, page: Client, staff: Client) -> None:
    first, second = asked(run, student, "Давний вопрос"), asked(run, student, "Новый вопрос")
    order = re.compile(r'href="/2023/questions/(\d+)/"')
    assert order.findall(page.get("/2023/questions/").content.decode()) == [str(second.pk), str(first.pk)]
    staff.post(f"{at(first)}pin/")
    listed = page.get("/2023/questions/")
    assert order.findall(listed.content.decode()) == [str(first.pk), str(second.pk)]
    assert "pinned" in text(listed)
    assert order.findall(page.get("/2023/").content.decode())[0] == str(first.pk)
    staff.post(f"{at(first)}pin/", {"undo": "1"})
    assert order.findall(page.get("/2023/questions/").content.decode()) == [str(second.pk), str(first.pk)]


def test_the_inbox_says_how_long_each_waits_the_longest_first(run: Run, student: User, staff: Client) -> None:
    for days, title in ((3, "Давний вопрос"), (1, "Вчерашний вопрос")):
        with clock.shifted(-timedelta(days=days)):
            asked(run, student, title)
    items = staff.get("/2023/inbox/").content.decode().split('<article class="sheet inbox-item">')[1:]
    shown = [text(HttpResponse(one)) for one in items]
    assert ["Давний вопрос" in shown[0], "Вчерашний вопрос" in shown[1]] == [True, True]
    assert "came in 3 days ago" in shown[0]
    assert "came in yesterday" in shown[1] or "came in 1 day ago" in shown[1]
