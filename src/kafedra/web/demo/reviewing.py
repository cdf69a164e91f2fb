"""Reviews of the example: published, drafted, answered; requests about tests; a solution that was opened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from itertools import islice
from uuid import uuid4

from kafedra.grading import Outcome
from kafedra.grading import Report as Verdict
from kafedra.web import clock
from kafedra.web.appeals import services as appeals
from kafedra.web.demo.people import ASSISTANT, INSTRUCTOR, Person
from kafedra.web.demo.remarks import remarks
from kafedra.web.people.models import User
from kafedra.web.reviews.published import published
from kafedra.web.reviews.services import claims, conversation, drafts, publishing
from kafedra.web.runs.models import Run
from kafedra.web.solutions.services import open_solution
from kafedra.web.standings.selectors import standing_for
from kafedra.web.submissions.models import Repository, Submission
from kafedra.web.submissions.notebooks import submitted
from kafedra.web.submissions.selectors import newest_report

Act = Callable[[Repository], None]
_ANSWER = "Посмотрела ваш код рядом с тестом: вердикт верен. Начните со строки, где ошибка больше всего."


def play(run: Run, assignment: str, logins: Collection[str]) -> None:
    """Everything that reviewers and students say to each other, as far as these students take part."""
    works = _works(run, assignment, logins)
    for login, hours_ago, act in _acts():
        if login in works:
            with clock.shifted(-timedelta(hours=hours_ago)):
                act(works[login])


def _acts() -> tuple[tuple[str, float, Act], ...]:
    """Whose work, how many hours ago, what happened; in the order of time."""
    return (
        ("n-tikhonov", 19.8, _reviews(ASSISTANT, 1, early=True)),  # another submission of his counts
        ("a-kuznetsova", 19.5, _reviews(ASSISTANT, 3)),
        ("d-morozov", 19, _reviews(ASSISTANT, 2)),
        ("e-vasileva", 18.5, _reviews(INSTRUCTOR, 3)),
        ("k-zaytseva", 18, _reviews(ASSISTANT, 2)),
        ("g-sarkisyan", 17.5, _reviews(INSTRUCTOR, 1)),
        ("r-shcherbakov", 15, _asks("У меня на ноутбуке этот тест проходит.")),
        ("a-kuznetsova", 12, _says("Спасибо! Исправила и проверила. Отправить ноутбук ещё раз?")),
        ("a-kuznetsova", 10, _says("Да. Отправьте, и я посмотрю ещё раз.", ASSISTANT)),
        ("r-shcherbakov", 9, _is_answered),
        ("p-lebedev", 5, _asks("По-моему, тест строже условия. Посмотрите, пожалуйста.")),
        ("e-vasileva", 3, _says("Не уверена, что поняла. Покажете на семинаре, как это сделать проще?")),
        ("v-egorova", 2.6, _is_taken),
        ("o-melnik", 2.5, _is_taken),
        ("i-gusev", 2, _reviews(ASSISTANT, 2, publishes=False)),
        ("m-fedorov", 1.5, _reviews(INSTRUCTOR, 1, publishes=False)),
        ("d-morozov", 0.1, _opens_the_solution),
    )


def _works(run: Run, assignment: str, logins: Collection[str]) -> Mapping[str, Repository]:
    rows = Repository.objects.filter(run=run, assignment=assignment, student__username__in=logins)
    return {one.student.username: one for one in rows.select_related("run", "student")}


def _user(person: Person) -> User:
    return User.objects.get(username=person.login)


def _reviews(by: Person, most: int, *, publishes: bool = True, early: bool = False) -> Act:
    """`by` says at most so many things about what counts, or about the first push; unpublished it stays a draft."""

    def act(work: Repository) -> None:
        submission, reviewer, seen = work.submissions.last() if early else _counted(work), _user(by), 0
        if submission is None:
            return
        for words in islice(remarks(submitted(submission).notebook.cells), most):
            known = drafts.Seen(0, seen)
            saved = drafts.save_comment(submission=submission, by=reviewer, uid=uuid4(), words=words, seen=known)
            seen = saved.seen
        if publishes:
            publishing.publish(submission=submission, by=reviewer, seen=seen)

    return act


def _counted(work: Repository) -> Submission | None:
    mark = standing_for(work.student, work.run).line(work.assignment).shown
    return None if mark is None else work.submissions.select_related("repository__run").get(pk=mark.id)


def _says(text: str, staff: Person | None = None) -> Act:
    """A word about the first comment, by the student or by somebody of the staff."""

    def act(work: Repository) -> None:
        submission = _counted(work)
        review = published(submission) if submission else None
        if submission is not None and review is not None:
            author, about = _user(staff) if staff else work.student, review.comments[0].uid
            conversation.say(submission=submission, author=author, by_staff=staff is not None, text=text, comment=about)

    return act


def _asks(message: str) -> Act:
    """The student asks about the first test that failed."""

    def act(work: Repository) -> None:
        submission = _counted(work)
        row = newest_report(submission) if submission else None
        tests = Verdict.model_validate(row.document).tests if row else ()
        test = next((test.id for test in tests if test.outcome is not Outcome.PASSED), None)
        if submission is not None and test is not None:
            appeals.ask(submission=submission, test=test, message=message)

    return act


def _is_answered(work: Repository) -> None:
    for submission in work.submissions.all():
        for asked in submission.appeals.select_related("submission__repository__run"):
            appeals.answer(request=asked, text=_ANSWER, by=_user(INSTRUCTOR))


def _is_taken(work: Repository) -> None:
    assistant = _user(ASSISTANT)
    claims.claim(repository=work, by=assistant, holder=assistant, seen_holder=None)


def _opens_the_solution(work: Repository) -> None:
    open_solution(student=work.student, run=work.run, assignment=work.assignment)
