"""What the students of the example say about the first topics, and what their instructor makes of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kafedra.web import clock
from kafedra.web.demo.people import INSTRUCTOR
from kafedra.web.people.models import User
from kafedra.web.people.students import students_of
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.surveys.bag import Form
from kafedra.web.surveys.models import Answer, Triage
from kafedra.web.surveys.services import give, open_box
from kafedra.web.surveys.timing import Window, window
from kafedra.web.surveys.working.services import look_through, write_remark

_SCALES = ("clear", "pace", "difficulty")


@dataclass(frozen=True, slots=True)
class Said:
    """One form: places on the three scales, 0 for a skipped one, and words by question."""

    scales: tuple[int, int, int]
    words: dict[str, str]


_FIRST = (
    Said((3, 4, 4), {"unclear": "Почему в узле с двумя выходами градиенты складываются, а не перемножаются?"}),
    Said((4, 3, 3), {"change": "Граф на доске по шагам — лучшее, что было. Оставьте."}),
    Said((2, 5, 5), {"lost-thread": "На транспонировании: X.T @ dY или dY @ X.T, каждый раз угадываю."}),
    Said((4, 4, 3), {"anything": "Спасибо, впервые понял, что производная — это про чувствительность."}),
    Said((3, 5, 4), {"unclear": "Формы матриц в обратном проходе.", "change": "Вторую половину семинара пробежали."}),
    Said((5, 3, 2), {"anything": "Можно задачи потруднее для тех, кто это уже видел?"}),
    Said((3, 5, 4), {"change": "Медленнее писать код, я не успеваю за курсором."}),
    Said((4, 4, 4), {"lost-thread": "Когда от скаляров перешли к матрицам."}),
    Said((2, 4, 5), {"unclear": "Зачем проверять градиент численно, если есть autograd?"}),
    Said((5, 3, 3), {}),
    Said((4, 4, 4), {"anything": "Мем — отличная мотивация, так и знайте."}),
    Said((3, 4, 0), {"change": "Пусть блиц будет в середине, в конце уже не думается."}),
    Said((4, 3, 3), {"unclear": "Что будет, если не обнулить градиенты."}),
    Said((4, 4, 4), {}),
)
_SECOND = (
    Said((4, 3, 3), {"change": "Перерыв посередине — да!"}),
    Said((4, 4, 4), {"unclear": "Откуда двойка в инициализации Хе."}),
    Said((5, 3, 3), {}),
    Said((3, 4, 4), {"unclear": "Почему softmax и логарифм считают вместе, а не по очереди?"}),
    Said((4, 3, 3), {"anything": "Разбор прошлых вопросов в начале очень помог."}),
    Said((5, 3, 2), {"change": "Оставьте картинки с гистограммами активаций."}),
    Said((4, 3, 4), {}),
    Said((4, 4, 3), {"unclear": "Чем плох мёртвый ReLU, если остальные живы."}),
    Said((3, 4, 4), {"anything": "В аудитории холодно."}),
    Said((5, 3, 3), {"change": "Всё хорошо, темп теперь мой."}),
)

# What was heard, what follows, and by which piece of the words its answers are known.
_HEARD = (
    (
        "Формы матриц в обратном проходе приходится угадывать.",
        "Разобрали на семинаре: форма градиента — форма самой величины, и порядок множителей из неё следует. "
        "В ноутбуке появилась клетка с проверкой форм.",
        ("Формы матриц", "транспонировании", "от скаляров"),
    ),
    (
        "Код на семинаре пишется быстрее, чем можно следить.",
        "Заготовки стоят в ноутбуке заранее, вживую пишем только главное.",
        ("курсором", "Вторую половину"),
    ),
    (
        "Непонятно, почему вклады разных путей складываются.",
        "",
        ("складываются",),
    ),
    (
        "Есть те, кому легко.",
        "У каждой темы теперь есть раздел «Сложнее»: решения можно показать преподавателю.",
        ("потруднее",),
    ),
)
_THANKED = ("Спасибо", "Оставьте", "Мем")


def play(run: Run, logins: Collection[str]) -> None:
    """Topic 1 is looked through, the form of topic 2 is open: who comes first hasn't answered."""
    students = [student for student in students_of(run) if student.username in logins]
    last = sorted(students, key=lambda student: student.pk, reverse=True)
    for topic, forms in ((1, _FIRST), (2, _SECOND)):
        times = _window(run, topic)
        moment = min(times.closes - timedelta(hours=1), clock.now())
        with clock.shifted(moment - clock.now()):
            _answers(run, topic, forms, last[: max(len(last) - 1, 0)])
        if times.closes <= clock.now():
            with clock.shifted(times.closes - clock.now()):
                open_box(run=run, topic=topic)
    _look_through(run, User.objects.get(username=INSTRUCTOR.login))


def _window(run: Run, topic: int) -> Window:
    known = course.current()
    found = window(known.runs[run.slug], topic, known.timezone)
    assert found is not None, "every class of the example has a day"
    return found


def _answers(run: Run, topic: int, forms: Sequence[Said], students: Sequence[User]) -> None:
    for student, said in zip(students, forms, strict=False):
        places = {slug: place for slug, place in zip(_SCALES, said.scales, strict=True) if place}
        give(run=run, topic=topic, student=student, form=Form(places, said.words))


def _look_through(run: Run, instructor: User) -> None:
    answers = list(Answer.objects.filter(run=run, topic=1))
    for said, done, pieces in _HEARD:
        about = [answer for answer in answers if any(piece in answer.text for piece in pieces)]
        if about:
            remark = write_remark(run=run, topic=1, said=said, done=done, by=instructor)
            state = Triage.ANSWERED if done else Triage.SEMINAR
            for answer in about:
                look_through(answer=answer, state=state, by=instructor, remark=remark)
    for answer in answers:
        if answer.state == Triage.NEW and any(piece in answer.text for piece in _THANKED):
            look_through(answer=answer, state=Triage.THANKED, by=instructor)
        elif answer.state == Triage.NEW:
            look_through(answer=answer, state=Triage.FILED, by=instructor)
