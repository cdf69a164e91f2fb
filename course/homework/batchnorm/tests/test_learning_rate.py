"""Опыт: шестислойная сеть и большой шаг. 0,2 балла."""

from itertools import pairwise

import probes
import pytest
import torch
from digits import (
    BATCH,
    EPOCHS,
    LEAST_ACCURACY,
    LEAST_GAIN,
    SEEDS,
    SIZES,
    accuracy,
    digits,
    recomputed,
    without_norm,
)
from mistakes import NO_BUFFERS

from kafedra.testing import check


def check_tensors(values, shapes, call):
    """Список кортежей из тензоров float32 названных форм."""
    for group, wanted in zip(check.parts(values, len(shapes), call=call), shapes, strict=True):
        for one, shape in zip(check.parts(group, len(wanted), call=call), wanted, strict=True):
            check.that(one is not None, f"{call}: статистики — не буферы\nпохоже: {NO_BUFFERS}")
            check.tensor(one, shape=shape, dtype=torch.float32, call=call)


def check_learns(submission, rng, seed, lr):
    """С вашим слоем сеть учится при этом шаге, без него — нет; среднее трёх запусков."""
    gains, shares = [], []
    for number in range(SEEDS):
        x, y, x_test, y_test = digits(rng)
        start = (seed + number) % 2**31
        call = f"обучение с шагом {lr:g}, запуск {number + 1}"
        answer = submission.call(probes.learn_digits, SIZES, x, y, x_test, lr, EPOCHS, BATCH, start)
        logits, linear, affine, statistics = check.parts(answer, 4, call=call)
        check.tensor(logits, shape=(len(x_test), 10), dtype=torch.float32, call=call)
        check_tensors(linear, [((n, m), (n,)) for m, n in pairwise(SIZES)], call)
        hidden = [((n,), (n,)) for n in SIZES[1:-1]]
        check_tensors(affine, hidden, call)
        check_tensors(statistics, hidden, call)
        ours = recomputed(linear, affine, statistics, x_test)
        shares.append(accuracy(ours, y_test))
        same = (logits.argmax(dim=1) == ours.argmax(dim=1)).float().mean().item()
        why = "в eval ответ — (x − running_mean) / √(running_var + ε), потом γ и β: начните с test_eval_mode"
        # float32: ответы могут разойтись, только если два класса равны до шестого знака
        what = "доля ответов, которые совпали с пересчитанными по весам"
        check.within(same, 0.99, 1.0, call=f"{call}: ответы сети не те", what=what, why=why)
        gains.append(shares[-1] - accuracy(without_norm(x, y, x_test, lr, start), y_test))
    share, gain = sum(shares) / SEEDS, sum(gains) / SEEDS
    story = f"(с нормализацией {check.percent(share)}, без неё {check.percent(share - gain)})"
    why = "без нормализации сеть при таком шаге не учится; со слоем, который не нормализует, — тоже"
    call = f"обучение с шагом {lr:g}, среднее трёх запусков {story}"
    head = f"сеть не учится: {call}" if gain < LEAST_GAIN or share < LEAST_ACCURACY else call
    check.within(gain, LEAST_GAIN, 1.0, call=head, what="выигрыш в доле верных ответов", why=why)
    why = "учится, но хуже, чем должна: проверьте градиент и накопленные статистики"
    check.within(share, LEAST_ACCURACY, 1.0, call=head, what="доля верных ответов", why=why)


@pytest.mark.points("0.1")
@pytest.mark.long
def test_learning_rate_two(submission, rng, seed):
    """Шаг 2: сеть из шести слоёв учится

    Цифры 8×8, SGD, восемь эпох. Без нормализации при таком шаге — угадывание. В среднем по трём запускам ваш слой
    должен дать не меньше 93 % и выиграть у сети без него не меньше 60 процентных пунктов.
    """
    check_learns(submission, rng, seed, 2.0)


@pytest.mark.hidden
@pytest.mark.points("0.1")
@pytest.mark.long
def test_learning_rate_three(submission, rng, seed):
    """Шаг 3: в десять раз больше того, при котором сеть без нормализации ещё учится, — тоже

    То же с шагом 3. Те же пороги: 93 % и 60 пунктов, в среднем по трём запускам.
    """
    check_learns(submission, rng, seed, 3.0)
