"""RNN с вниманием: 1 балл.

Пороги. По десять запусков каждого решения из solutions/; доля переведённых целиком у одного запуска (баллы ставятся
по среднему трёх, его σ в √3 раз меньше):

                                     среднее     σ       наименьшее   порог    запас (в σ среднего трёх)
    даты, solutions/textbook.py        0,985     0,015      0,960       0,60       45
    даты, solutions/by_hand.py         0,971     0,030      0,903       0,60       21

Без внимания, mutants/no_attention.py: 0 … 0,007.
"""

import math
from collections import Counter

import experiments
import probes
import pytest
import torch
from answers import came
from data import padded
from models import check_gradients, check_padding, check_prefix, check_source, check_weights
from probes import BOS, EOS, PAD

from kafedra.testing import check

NAME, SMALL = "RecurrentModel", {"dim": 8}
V = 8


@pytest.mark.points("0.15")
def test_recurrent_prefix(submission, rng):
    """RNN: логиты места t зависят от токенов 0 … t, и только от них

    Модель (source, target_in) → (logits, weights): logits (B, T, target_size), weights (B, T, S). Меняем конец
    target_in: логиты до этого места прежние, после — другие.
    """
    check_prefix(submission, NAME, SMALL, rng)


@pytest.mark.points("0.15")
def test_recurrent_padding(submission, rng):
    """RNN: пады и соседи по батчу ничего не меняют

    Одна и та же строка, сама по себе и в батче с длинными, даёт одни и те же логиты. Последнее состояние энкодера — то,
    что после последнего слова, а не после последнего пада; обратный проход начинается с последнего слова.
    """
    advice = "последнее состояние — то, что после последнего слова: pack_padded_sequence, или заморозить его на падах"
    check_padding(submission, NAME, SMALL, rng, ("энкодер читает и пады", advice))


@pytest.mark.points("0.15")
def test_recurrent_attention(submission, rng):
    """RNN: веса внимания

    На каждом шаге — распределение по словам источника: не меньше нуля, в сумме единица, на падах нули, от шага к шагу
    разные. На ответ влияет каждое слово источника и их порядок.
    """
    check_weights(submission, NAME, SMALL, rng)
    check_source(submission, NAME, SMALL, rng)


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_recurrent_gradients(submission, rng):
    """RNN: градиент доходит до каждого параметра

    Слой, который создан и не используется, — почти всегда забытая строка в forward.
    """
    check_gradients(submission, NAME, SMALL, rng, NAME)


def table(rng, steps, rows=5):
    """Логиты (источников, шагов, токенов, токенов); PAD и BOS никогда не наибольшие, EOS иногда."""
    values = torch.randn(rows, steps, V, V, generator=rng, dtype=torch.float64)
    values[..., [PAD, BOS]] = -9.0
    values[..., EOS] += 0.2
    values[0, :, :, EOS] = -9.0  # первый источник не кончится никогда, второй кончится сразу
    values[1, 0, BOS, EOS] = 9.0
    return values


def walk(logits, source, length, *, feed=None, step=None, stop=True, begin=BOS):
    """Жадный перевод по таблице. feed и step — что вместо прошлого токена и номера шага, если есть ошибка."""
    answers = []
    for start in (source[:, 0] % len(logits)).tolist():
        row, token = [], begin
        for t in range(length):
            values = logits[start, t if step is None else step, token if feed is None else feed]
            token = int(values.argmax())
            row.append(token)
            if stop and token == EOS:
                break
        answers.append(row)
    return answers


def table_of(rows, length, *, keep_eos=False):
    return padded([row if keep_eos else [token for token in row if token != EOS] for row in rows], length)


def decode_slips(logits, source, length, right):
    endless = walk(logits, source, length, stop=False)
    return {
        "модель осталась в режиме обучения: нет model.eval()": table_of(walk(logits, source + 1, length), length),
        "на вход каждый раз идёт BOS, а не то, что модель уже написала": table_of(
            walk(logits, source, length, feed=BOS), length
        ),
        "на вход идёт один последний токен, без начала ответа": table_of(walk(logits, source, length, step=0), length),
        "логиты взяты у первого места, а не у последнего": table_of(
            walk(logits, source, length, step=0, feed=BOS), length
        ),
        "перевод начат не с BOS, а с EOS": table_of(walk(logits, source, length, begin=EOS), length),
        "перевод начат не с BOS, а с PAD": table_of(walk(logits, source, length, begin=PAD), length),
        "последний шаг не сделан: токенов может быть ровно max_length": table_of(
            walk(logits, source, length - 1), length
        ),
        "EOS остался в ответе": table_of(walk(logits, source, length), length, keep_eos=True),
        "после EOS ответ продолжается: дальше должны стоять PAD": padded(endless, length),
        "после EOS ответ продолжается, хотя сам EOS и убран": table_of(endless, length),
        "после EOS ответ продолжается, хотя сам EOS и заменён на PAD": padded(endless, length).masked_fill(
            padded(endless, length) == EOS, PAD
        ),
        "перевод прерван, как только кончилась первая строка батча": torch.where(
            torch.arange(length) <= (right[0] != PAD).sum(), right, PAD
        ),
        "в начале ответа остался BOS": torch.cat([torch.full((len(right), 1), BOS), right[:, :-1]], dim=1),
        "перевод прерван, как только кончилась одна строка батча": torch.where(
            torch.arange(length) <= (right != PAD).sum(1).amin(), right, PAD
        ),
    }


@pytest.mark.points("0.15")
def test_decode(submission, rng):
    """Перевод: на вход идёт то, что модель уже написала

    decode(model, source, max_length) → (B, L), L ≤ max_length: с BOS начинаем, на каждом шаге берём самый вероятный
    токен и дописываем его ко входу. BOS и EOS в ответ не входят, после конца строки — PAD. Модель в режиме eval.
    """
    length = 7
    for first in ([10, 11], [12, 10], [11, 10], [10]):  # остаток от деления на пять: 0 — без конца, 1 — кончится сразу
        source = torch.randint(3, 13, (6 if len(first) > 1 else 1, 4), generator=rng)
        source[: len(first), 0] = torch.tensor(first)
        rows = len(source)
        logits = table(rng, length + 2)
        weights = torch.rand(length + 2, V, 4, generator=rng, dtype=torch.float64)
        call = f"decode(model, source, max_length={length}), строк: {rows}"
        answer = submission.call(probes.decode, logits, weights, source, length)
        check.tensor(answer, dtype=torch.int64, call=call)
        fits = answer.ndim == 2 and len(answer) == rows and answer.shape[1] <= length
        shape = f"{call}: форма {tuple(answer.shape)} вместо ({rows}, не больше {length})"
        begun = answer.ndim == 2 and answer.numel() > 0 and bool((answer[:, 0] == BOS).all())
        check.that(fits or not begun, f"{shape}\nпохоже: в начале ответа остался BOS")
        check.that(fits, shape)
        right = table_of(walk(logits, source, length), length)
        full = torch.nn.functional.pad(answer, (0, length - answer.shape[1]), value=PAD)
        check.close(
            full,
            right,
            call=call,
            suspects=decode_slips(logits, source, length, right),
            otherwise="на каждом шаге берётся самый вероятный токен (argmax), и строки кончаются каждая в своё время: "
            "одна сразу, другая не кончается и за max_length шагов",
        )


@pytest.mark.points("0.1")
def test_train(submission, rng):
    """Обучение: следующий токен угадывается по прошлому, пады не учатся, градиенты не копятся

    train(model, pairs, epochs) учит модель по месту и возвращает средние потери за каждую эпоху. Проверяем на модели из
    одной таблицы «прошлый токен → следующий»: после обучения в ней должно быть видно, что за чем идёт.
    """
    size, epochs = 11, 5
    order = (3 + torch.randperm(size - 3, generator=rng)).tolist()
    follows = dict(zip(order, order[1:] + order[:1], strict=True))
    pairs = []
    for number in range(400):
        start, length = (int(torch.randint(low, high, (), generator=rng)) for low, high in ((3, size), (1, 9)))
        target = [start]
        while len(target) < length:
            target.append(follows[target[-1]])
        pairs.append(([3 + number], target))
    answer = submission.call(probes.train_bigrams, size, pairs, epochs)
    learned, order, outside, stale, history, whole = check.parts(answer, 6, call="train(model, pairs, epochs)")
    check_habits(outside, stale)
    check_order(order, [source[0] for source, _ in pairs], epochs)
    check_chain(learned, follows, size)
    check_history(history, epochs, size)
    why = "перемешивайте номера пар (torch.randperm), а не сам список: random.shuffle(pairs) меняет его на месте"
    check.equal(whole, True, call="train(model, pairs, epochs): список pairs после обучения прежний", why=why)
    check_chance(submission, size, pairs, rng)


def check_chance(submission, size, pairs, rng):
    """Порядок пар берётся из генератора torch: с одним зерном он тот же, с разными — разный."""
    one, two = (int(torch.randint(0, 2**30, (), generator=rng)) for _ in range(2))
    call = "train после torch.manual_seed(seed)"
    orders = check.parts(submission.call(probes.train_orders, size, pairs, [one, one, two]), 3, call=call)
    whole = all(isinstance(order, list) and len(order) >= len(pairs) for order in orders)
    check.that(whole, f"{call}: за эпоху модель видела не все пары")
    why = "порядок взят из random или numpy, и опыт не повторить: перемешивайте через torch.randperm"
    check.that(orders[0] == orders[1], f"{call}: с одним и тем же зерном порядок пар разный\nпохоже: {why}")
    why = "train сама ставит зерно (torch.manual_seed), и три запуска — это один и тот же"
    check.that(orders[0] != orders[2], f"{call}: с разными зёрнами порядок пар один и тот же\nпохоже: {why}")


def check_chain(learned, follows, size):
    call = "train(model, pairs, epochs)"
    check.tensor(learned, shape=(size, size), call=f"{call}: таблица модели")
    check.that(bool(learned.isfinite().all()), f"{call}: в весах NaN или бесконечность, обучение разошлось")
    check.that(bool(learned.any()), f"{call}: веса не изменились\nпохоже: нет optimizer.step() или .backward()")
    guessed = {token: int(learned[token].argmax()) for token in follows}
    if guessed != follows:
        causes = {
            "модель учится повторять вход: target_out не сдвинут": {token: token for token in follows},
            "модель учится угадывать через один: сдвиг сделан дважды": {a: follows[follows[a]] for a in follows},
            "модель учится угадывать прошлый токен: вход и ответ перепутаны": {b: a for a, b in follows.items()},
        }
        cause = next((cause for cause, wrong in causes.items() if agree(guessed, wrong)), "следующий токен не угадан")
        right = sum(guessed[token] == follows[token] for token in follows)
        check.that(False, f"{call}: {cause}\nверно угадано следующих токенов: {right} из {len(follows)}")
    check.that(not bool(learned[PAD].any()), f"{call}: модель учится угадывать пады\nпохоже: пады попали в потери")


def agree(guessed, wrong):
    return sum(guessed[token] == wrong[token] for token in guessed) > 0.7 * len(guessed)


def check_habits(outside, stale):
    call = "train(model, pairs, epochs)"
    whole = all(type(number) is int for number in (outside, stale))
    check.that(whole, f"{call}: проба вернула не то")
    check.that(stale == 0, f"{call}: градиенты прошлых шагов не стёрты к началу backward\nпохоже: нет zero_grad()")
    check.that(outside == 0, f"{call}: модель учится в режиме eval\nпохоже: нет model.train() перед обучением")


def check_order(order, numbers, epochs):
    """Каждая пара проходит столько раз, сколько эпох; в двух первых эпохах порядок разный."""
    call = "train(model, pairs, epochs)"
    whole = isinstance(order, list) and all(type(number) is int for number in order)
    check.that(whole and set(order) <= set(numbers), f"{call}: источники, которые видит модель, — не из pairs")
    times = Counter(order)
    seldom = sum(times[number] < epochs for number in numbers)
    why = "пары выбраны с возвращением (randint, choices): одни чаще, другие ни разу"
    if len(order) < epochs * len(numbers):
        why = "неполный батч в конце эпохи отброшен (drop_last)"
    if len(order) < 0.8 * epochs * len(numbers):
        why = "в эпохе берётся не вся выборка, или эпох меньше, чем просили"
    check.that(
        seldom == 0,
        f"{call}: учится не вся выборка: {seldom} из {len(numbers)} пар модель видела меньше {epochs} раз\n"
        f"прошло через модель {len(order)}, эпох {epochs}\nпохоже: {why}",
    )
    first, second = order[: len(numbers)], order[len(numbers) : 2 * len(numbers)]
    check.that(
        first != second,
        f"{call}: порядок пар в каждой эпохе один и тот же\n"
        "похоже: пары не перемешаны или перемешаны один раз, до эпох",
    )


def check_history(history, epochs, size):
    call = "train(model, pairs, epochs): история потерь"
    numbers = isinstance(history, list) and all(type(one) is float and math.isfinite(one) for one in history)
    need = f"{call}: нужен список из {epochs} чисел float, по одному на эпоху"
    check.that(isinstance(history, list), f"{need}, а вернулось {came(history)}")
    check.that(numbers and len(history) == epochs, need)
    check.that(
        history[0] < 1.5 * math.log(size),
        f"{call}: в первой эпохе {history[0]:.3g}, а у равных логитов меньше: ln {size} = {math.log(size):.3g}\n"
        "похоже: потери батчей сложены, а нужно среднее",
    )
    check.that(history[-1] < history[0], f"{call}: к концу потери не уменьшились")


@pytest.mark.points("0.25")
@pytest.mark.long
def test_dates(submission, rng, request):
    """Даты: обученная модель переводит незнакомые дни

    Три запуска: новые дни, новые номера букв и цифр. Модель, обученная вашей train, читает дату по буквам и пишет
    ГГГГ-ММ-ДД; считается доля дат, переведённых целиком. Третьего запуска нет, если среднее решили два. Без внимания не
    выходит и половины. На все обучения вместе с переводом есть 120 секунд: сколько занимает одно, печатает ноутбук.
    """
    experiments.check_share(
        experiments.dates(submission, rng, request.session.stash),
        experiments.DATES,
        "даты: RecurrentModel",
        "проверьте внимание: без него узкое место — последнее состояние энкодера, и оно всей даты не удержит",
    )
