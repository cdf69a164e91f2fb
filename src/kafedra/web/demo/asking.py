"""Questions of the example's second week, about topic 1 and the first homework: answered, confirmed, waiting."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta

from kafedra.grading import Outcome
from kafedra.grading import Report as Verdict
from kafedra.web import clock
from kafedra.web.demo.people import ASSISTANT, INSTRUCTOR
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_run
from kafedra.web.questions import subjects
from kafedra.web.questions.models import Audience, Question
from kafedra.web.questions.services import answering, asking, settling
from kafedra.web.questions.services.asking import Words
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.selectors import newest_report


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody answers, so many hours ago: `confirmed` by the instructor; it `helped` the asker; all is `resolved`."""

    who: str
    hours_ago: float
    text: str
    confirmed: bool = False
    helped: bool = False
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, so many hours ago. `about` as addresses name it; `lost-test`: the first test that its author "
    "lost."""

    who: str
    hours_ago: float
    about: str
    title: str
    text: str
    audience: Audience = Audience.NAMED
    turns: tuple[Turn, ...] = ()
    too: tuple[str, ...] = ()
    pinned: bool = False
    same_as: str = ""


_SUM = "Почему градиенты с разных путей складываются, а не умножаются?"
_PLAY = (
    Asked(
        INSTRUCTOR.login, 70, "run", "С чего начать, если застряли",
        "Сначала прочтите сообщение теста до конца: в нём сказано, что не так и на каком входе. Потом повторите "
        "запуск у себя: "
        "`kafedra check --seed …` с тем же зерном. Не помогло — спрашивайте здесь: о тесте удобнее всего прямо "
        "со страницы "
        "вердикта, тогда код увидят только преподаватели.",
        pinned=True,
    ),
    Asked(
        "n-orlova", 58, "topic:1", _SUM,
        "На семинаре в `Value.backward` мы пишем `self.grad += ...`. Вдоль пути производные перемножаются — это "
        "правило цепочки, "
        "понятно. А почему, если вершина нужна двум потребителям, вклады именно **складываются**?",
        turns=(
            Turn(
                "e-vasileva", 57.2,
                "Мне помогло так: сдвинем $x$ на маленькое $\\Delta x$. Тогда $u_1$ сдвинется на $u_1'\\Delta "
                "x$, а $u_2$ — на "
                "$u_2'\\Delta x$, и $L$ почувствует оба сдвига сразу:\n\n"
                "$$\\Delta L \\approx \\frac{\\partial L}{\\partial u_1} u_1'\\Delta x + \\frac{\\partial "
                "L}{\\partial u_2} "
                "u_2'\\Delta x.$$\n\nПоделите на $\\Delta x$ — вот и сумма.",
                confirmed=True, helped=True,
            ),
        ),
        too=("d-morozov", "i-gusev", "o-melnik"),
    ),
    Asked(
        "i-gusev", 44, "topic:1", "Зачем += в backward, если и с = тест проходит?",
        "Поставил `=` вместо `+=`, мой пример считает верно. Это стиль такой?",
        same_as=_SUM,
    ),
    Asked(
        "k-zaytseva", 33, "topic:1", "Что такое топологический порядок, если без слов про DFS?",
        "Стыдно спрашивать, но я так и не поняла, чем он лучше обычного обхода в глубину.",
        Audience.UNNAMED,
        turns=(
            Turn(
                ASSISTANT.login, 30,
                "Совсем не стыдно: половина ошибок в этом задании отсюда. Порядок топологический, если **все "
                "потребители "
                "вершины стоят раньше неё** (мы идём от потерь назад). Тогда, когда до вершины дошла очередь, "
                "её градиент уже "
                "собран целиком и его можно передавать дальше.\n\nПример, где обход в глубину ошибётся: `a = "
                "2*x; b = a*a; "
                "L = a + b`. Попробуйте пройти от `L` сначала в `a`, а потом в `b`, и посмотрите, что получит `x`.",
            ),
            Turn("k-zaytseva", 29, "Прошла на бумаге: `x` получает только половину. Дошло, спасибо!", resolved=True),
            Turn("r-shcherbakov", 28.5, "И мне помогло. Я рисовал граф и вычёркивал рёбра, по которым уже прошли."),
        ),
        too=("p-lebedev", "n-tikhonov"),
    ),
    Asked(
        "m-fedorov", 20, "assignment:activations", "Можно ли в GELU брать приближение с tanh?",
        "В условии формула через $\\Phi(x)$, а в статье есть и $0{,}5x(1 + \\tanh(\\ldots))$. Тест примет?",
        turns=(
            Turn(
                "a-kuznetsova", 19,
                "У меня с приближением тест ругался на третий знак. Взяла точную через `torch.erf`, прошло.",
            ),
        ),
    ),
    Asked(
        "p-lebedev", 6, "lost-test", "Не понимаю, откуда здесь NaN",
        "На маленьких входах всё сходится. На больших получаю NaN, хотя делю вроде бы не на ноль. Куда смотреть?",
        Audience.STAFF,
    ),
    Asked(
        "o-melnik", 3.5, "topic:1", "Почему обратный проход стоит столько же, сколько прямой?",
        "В лекции сказано «в несколько раз дороже, но не в $n$ раз». Производных же $n$ штук! Где здесь экономия?",
        Audience.UNNAMED,
        turns=(
            Turn("v-egorova", 2.4, "Тоже сижу над этим местом. Кажется, общие множители считают один раз, а не $n$."),
        ),
        too=("v-egorova", "t-akhmetov"),
    ),
    Asked(
        "d-morozov", 1.2, "run", "Будет ли запись второго семинара?",
        "Болел в понедельник. В плане ссылка на запись есть только у первого занятия.",
    ),
)  # fmt: skip


def play(run: Run) -> None:
    """Everything that was asked and answered, as far as its people are here."""
    people = {one.user.username: one.user for one in run.memberships.select_related("user")}
    made: dict[str, Question] = {}
    for asked in _PLAY:
        if asked.who not in people:
            continue
        with _ago(asked.hours_ago):
            question = _ask(run, people[asked.who], asked)
        if question is None:
            continue
        made[asked.title] = question
        for login in asked.too:
            if login in people:
                asking.join(question=question, user=people[login], joined=True)
        for turn in asked.turns:
            _answer(question, turn, people)
        _settle(question, asked, people[INSTRUCTOR.login], made)


def _ask(run: Run, author: User, asked: Asked) -> Question | None:
    access = access_run(author, run.slug)
    about = asked.about if asked.about != "lost-test" else _lost_test(access)
    if not about:
        return None
    words = Words(asked.title, asked.text, asked.audience)
    subject = subjects.read(access, about)
    return asking.ask(run=run, author=author, by_staff=access.is_staff, subject=subject, words=words)


def _lost_test(access: RunAccess) -> str:
    """The first test that was not passed by what its author pushed last; nothing if all were."""
    rows = Submission.objects.filter(repository__run=access.run, repository__student=access.user)
    for submission in rows.filter(repository__assignment="activations"):
        report = newest_report(submission)
        tests = Verdict.model_validate(report.document).tests if report else ()
        for number, test in enumerate(tests, 1):
            if test.outcome is not Outcome.PASSED:
                return f"test:{submission.pk}:{number}"
    return ""


def _answer(question: Question, turn: Turn, people: Mapping[str, User]) -> None:
    if turn.who not in people:
        return
    by_staff = turn.who in (INSTRUCTOR.login, ASSISTANT.login)
    with _ago(turn.hours_ago):
        given = answering.answer(
            question=question, author=people[turn.who], by_staff=by_staff, text=turn.text, resolved=turn.resolved
        )
    with _ago(turn.hours_ago - 0.3):
        if turn.helped:
            answering.help_with(answer=given, user=question.author, helped=True)
        if turn.confirmed:
            answering.confirm(answer=given, by=people[INSTRUCTOR.login], confirmed=True)


def _settle(question: Question, asked: Asked, instructor: User, made: Mapping[str, Question]) -> None:
    if asked.pinned:
        settling.pin(question=question, by=instructor, pinned=True)
    if asked.same_as in made:
        settling.merge(question=question, by=instructor, into=made[asked.same_as])


def _ago(hours: float) -> AbstractContextManager[None]:
    return clock.shifted(-timedelta(hours=hours))
