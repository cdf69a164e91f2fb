"""What was asked already is found in other words: of pairs that ask the same, four in five within the first three."""

from __future__ import annotations

import time

from kafedra.web.questions.models import Question
from kafedra.web.questions.similar import indexed, matching, similar

# A question as it was asked, and what somebody types who is about to ask the same.
PAIRS = (
    ("Почему градиенты с разных путей складываются, а не умножаются?", "зачем складывать градиенты по всем путям"),
    ("Зачем += в backward, если и с = тест проходит?", "почему в backward пишем += а не ="),
    ("Что такое топологический порядок?", "не понимаю топологическую сортировку графа"),
    ("Откуда NaN в сигмоиде на больших входах?", "сигмоида выдаёт NaN при больших x"),
    ("Можно ли сдать домашку после дедлайна?", "что будет если опоздать с домашкой после дедлайна"),
    ("Как считается штраф за просрочку?", "сколько процентов штраф при просрочке на день"),
    ("Чем инициализация Хе отличается от Ксавье?", "в чём разница инициализаций Хе и Ксавье"),
    ("Зачем вычитать максимум в softmax?", "для чего в софтмаксе softmax вычитают максимум"),
    ("Почему дропаут выключают на тесте?", "нужно ли выключать дропаут при проверке на тесте"),
    ("Где взять токен для git?", "потерял токен от git, как получить новый"),
    ("Не приходит письмо с приглашением", "письмо с приглашением на курс не пришло"),
    ("Как запустить тесты у себя на ноутбуке?", "как прогнать тесты локально на своём ноутбуке"),
    ("Будет ли запись второго семинара?", "где найти записи семинаров"),
    ("Как batchnorm ведёт себя при размере батча 1?", "батчнорм с батчем из одного примера"),
    ("Зачем zero_grad перед backward?", "нужно ли обнулять градиенты zero_grad на каждом шаге"),
    ("Какая формула у GELU: точная или с tanh?", "GELU с tanh вместо точной формулы примут?"),
    ("Когда объявят вопросы к экзамену?", "список вопросов экзамена уже объявили?"),
    ("Как получить автомат?", "сколько баллов нужно для автомата"),
    ("Почему loss не уменьшается при обучении?", "обучаю сеть, а loss не уменьшается вообще"),
    ("Что значит forbidden у теста?", "тест пишет forbidden, что это значит"),
    ("Можно ли пользоваться torch.nn.functional?", "запрещено ли использовать torch.nn.functional в задании"),
    ("Как передать ядро свёртки с паддингом?", "какой паддинг у свёртки с ядром 3"),
    ("Чем Adam лучше SGD с моментом?", "когда брать Adam, а когда SGD"),
    ("Утечка памяти при накоплении loss в списке", "память растёт, когда складываю loss в список"),
    ("Как посмотреть график обучения в Colab?", "не рисуется график в colab"),
)
OTHERS = (
    "Как установить kafedra на Windows?", "Почему у ReLU нет производной в нуле?", "Что такое мёртвые нейроны?",
    "Где прочитать про метод обратного распространения?", "Как работает skip connection в ResNet?",
    "Что даёт нормализация по слою?", "Как выбрать learning rate?", "Зачем нужен разогрев?", "Что такое внимание?",
    "Как сменить язык страницы?", "Можно ли работать вдвоём?", "Как перейти в другую группу?",
    "Почему перплексия экспонента?", "Что такое эмбеддинг слова?", "Как устроена LSTM?", "Чем GRU проще LSTM?",
    "Почему в attention делят на корень?", "Как обрезать градиенты?", "Где лежат датасеты?",
    "Сколько времени проверяется ноутбук?", "Почему тест скрытый?", "Как сохранить веса модели?",
)  # fmt: skip


def _asked() -> list[Question]:
    titles = [title for title, _again in PAIRS] + list(OTHERS)
    return [Question(pk=number, title=title, words=indexed(title, "")) for number, title in enumerate(titles, 1)]


def test_four_of_five_are_among_the_first_three_and_strangers_stay_away() -> None:
    known = _asked()
    found = [title in [one.title for one in similar(again, "", known)[:3]] for title, again in PAIRS]
    missed = [again for (_title, again), hit in zip(PAIRS, found, strict=True) if not hit]
    assert sum(found) >= 0.8 * len(PAIRS), missed
    alone = [similar(title, "", [one for one in known if one.title != title]) for title in OTHERS]
    assert sum(bool(some) for some in alone) <= len(OTHERS) // 4, [
        (title, [one.title for one in some]) for title, some in zip(OTHERS, alone, strict=True) if some
    ]


def test_a_thousand_questions_are_looked_through_while_one_types() -> None:
    known = _asked() * 25
    similar("разогрев", "", known)  # the dictionary is loaded once
    begun = time.process_time()
    similar("почему складываются градиенты по путям", "Не понял на семинаре, зачем сумма. " * 5, known)
    assert time.process_time() - begun < 1


def test_a_search_wants_every_word() -> None:
    known = _asked()
    assert [one.title for one in matching("штрафом просрочка", known)] == ["Как считается штраф за просрочку?"]
    assert matching("штраф дропаут", known) == []
