"""Сеть целиком: 0,2 балла."""

import numpy as np
import probes
import pytest
from expected import answers, network
from inputs import beginning
from inputs import network as inputs_of
from mistakes import of_network, of_order
from sklearn.datasets import load_digits

from kafedra.testing import check

KEYS = "по словарю на блок, с теми же именами, что в блоке: у скрытых w, b, gamma, beta, у последнего w, b"
ORDER = "если тесты слоёв пройдены, дело в порядке: линейный, нормализация, ReLU; в последнем блоке — один линейный"
BACK = "идите с конца, передавая g от слоя к слою; у каждого блока — свой cache"
CALL = "loss_and_gradients(blocks, x, labels)"
# Измерено на 40 запусках верного решения: доля верных ответов 0,965 ± 0,008, худшая 0,947. У среднего трёх отклонение
# 0,005, до порога семь таких.
TRAIN, SIZES, RATE, EPOCHS, BATCH, SEEDS, LEAST = 1000, (64, 32, 32, 10), 0.5, 6, 50, 3, 0.93


def answer_of(submission, blocks, x, labels):
    report = submission.call(probes.network, blocks, x, labels)
    why = "параметры сети изменены на месте: градиенты только считают, сдвигает веса тот, кто учит"
    return check.parts(check.untouched(report, blocks, x, labels, call=CALL, why=why), 2, call=CALL)


def check_network(submission, rng, sizes):
    blocks, x, labels = inputs_of(rng, sizes)
    loss, gradients = answer_of(submission, blocks, x, labels)
    expected_loss, expected = network(blocks, x, labels)
    shown = {"x": x}
    suspects = of_order(blocks, x, labels)
    check.close(loss, float(expected_loss), call=f"{CALL}[0]", inputs=shown, suspects=suspects, otherwise=ORDER)
    wrong = of_network(blocks, x, labels, expected)
    found = check.parts(gradients, len(blocks), call=f"{CALL}[1]", why=KEYS)
    for number, (got, want) in reversed(list(enumerate(zip(found, expected, strict=True)))):
        where = f"{CALL}[1][{number}]"
        good = isinstance(got, dict) and set(got) == set(want)
        check.that(good, f"{where}: должен быть словарь с ключами {', '.join(want)}\nпохоже: {KEYS}")
        for name, gradient in want.items():
            near = {"rtol": 1e-7, "atol": 1e-9}
            others = {why: all_of_them[number][name] for why, all_of_them in wrong.items()}
            others |= {
                f"это градиент блока {place}: блоки перепутаны, начало с концом": one[name]
                for place, one in enumerate(expected)
                if place != number and name in one
            }
            if name == "b" and "gamma" in want:  # перед нормализацией он равен нулю, и остаётся один шум
                others = {}
            how = {"suspects": others, "otherwise": BACK}
            check.close(got[name], gradient, **near, call=f"{where}['{name}']", inputs=shown, **how)


@pytest.mark.points("0.08")
def test_network_gradients(submission, numpy_rng):
    """Сеть: потери и градиенты по всем параметрам

    Слои скрытого блока: линейный, нормализация, ReLU; последний блок — один линейный слой. Назад — в обратном порядке.
    """
    check_network(submission, numpy_rng, (4, 5, 3))
    check_network(submission, numpy_rng, (3, 4, 4, 3))


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_network_any_depth(submission, numpy_rng):
    """Сеть: любая глубина

    Скрытых блоков может быть сколько угодно, и ни одного тоже. Ширина слоёв бывает разной и одинаковой.
    """
    for sizes in ((4, 3), (3, 6, 5, 4, 3), (4, 4, 4, 4)):
        check_network(submission, numpy_rng, sizes)


@pytest.mark.points("0.07")
@pytest.mark.long
def test_network_learns(submission, numpy_rng, seed):
    """Сеть учится: не меньше 93 % рукописных цифр

    Сеть 64 → 32 → 32 → 10, тысяча цифр 8×8, шесть эпох SGD с шагом 0,5 по вашим градиентам; среднее трёх запусков.
    """
    data, shares = load_digits(), []
    for number in range(SEEDS):
        x, labels = data.data / 8 - 1, data.target
        order = numpy_rng.permutation(len(x))
        train, test = order[:TRAIN], order[TRAIN:]
        call = f"обучение на {TRAIN} цифрах, запуск {number + 1}"
        start = beginning(numpy_rng, SIZES)
        after = submission.call(
            probes.train, start, x[train], labels[train], RATE, EPOCHS, BATCH, (seed + number) % 2**31
        )
        blocks = check.parts(after, len(start), call=call)
        for block, before in zip(blocks, start, strict=True):
            check.that(isinstance(block, dict) and set(block) == set(before), f"{call}: {KEYS}")
            for name, value in before.items():
                check.array(block[name], shape=value.shape, dtype=np.float64, call=f"{call}: {name}")
        with np.errstate(all="ignore"):  # сеть могла разойтись: тогда её ответы — NaN, и верных среди них нет
            shares.append(float((answers(blocks, x[test]).argmax(axis=1) == labels[test]).mean()))
    why = "верный градиент даёт 95–98 %: сначала пусть сойдутся градиенты сети, начните с test_network_gradients"
    what = "доля верных ответов"
    check.within(sum(shares) / SEEDS, LEAST, 1.0, call=f"среднее {SEEDS} запусков", what=what, why=why)
