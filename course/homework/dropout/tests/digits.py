"""Цифры с испорченными метками и то, что проверка считает по весам, которые вернула песочница."""

from dataclasses import dataclass

import probes
import torch
from sklearn.datasets import load_digits
from torch import nn

from kafedra.testing import check

TRAIN, BATCH, EPOCHS, P = 900, 150, 50, 0.5
SIZES = ((64, 96), (96, 96), (96, 10))


@dataclass(frozen=True)
class Trial:
    """Один запуск: данные, начальные веса, порядок примеров. Верные метки x_test песочница не видит."""

    x: torch.Tensor  # (900, 64)
    y: torch.Tensor  # (900,) метки, часть из них неверна
    wrong: torch.Tensor  # (900,) какие именно
    x_test: torch.Tensor  # (897, 64)
    y_test: torch.Tensor  # (897,)
    weights: list[torch.Tensor]
    order: torch.Tensor  # (300, 150)


def initial_weights(rng):
    """Веса Хе и нулевые смещения."""
    weights = []
    for inputs, outputs in SIZES:
        weights += [torch.randn(outputs, inputs, generator=rng) * (2 / inputs) ** 0.5, torch.zeros(outputs)]
    return weights


def trial(noise, rng):
    """Доля `noise` меток обучающей выборки заменена другими цифрами; пиксели переставлены и чуть зашумлены."""
    data = load_digits()
    count = len(data.target)
    shuffled, pixels = torch.randperm(count, generator=rng), torch.randperm(64, generator=rng)
    x = torch.tensor(data.data / 16, dtype=torch.float32)[shuffled][:, pixels]
    x += 0.02 * torch.randn(x.shape, generator=rng)
    y = torch.tensor(data.target, dtype=torch.int64)[shuffled]
    wrong = torch.rand(TRAIN, generator=rng) < noise
    shift = torch.randint(1, 10, (TRAIN,), generator=rng)
    labels = torch.where(wrong, (y[:TRAIN] + shift) % 10, y[:TRAIN])
    order = torch.cat([torch.randperm(TRAIN, generator=rng).reshape(-1, BATCH) for _ in range(EPOCHS)])
    return Trial(x[:TRAIN], labels, wrong, x[TRAIN:], y[TRAIN:], initial_weights(rng), order)


def without_dropout(trial):
    """Та же сеть, обученная проверкой без дропаута: те же начальные веса, тот же порядок примеров."""
    return probes.fit(probes.network(trial.weights, nn.Identity), trial.x, trial.y, trial.order)


def with_dropout(submission, trial, call):
    """Сеть, обученная в песочнице со слоем студента. Её ответы проверка считает сама, по весам."""
    arguments = trial.weights, trial.x, trial.y, trial.order, trial.x_test
    answer = submission.call(probes.train, *arguments, P)
    check.that(isinstance(answer, tuple) and len(answer) == 2, f"{call}: вернулись не веса и ответы сети")
    weights, logits = answer
    check.that(
        isinstance(weights, list) and len(weights) == len(trial.weights), f"{call}: весов не столько, сколько было"
    )
    for number, (weight, initial) in enumerate(zip(weights, trial.weights, strict=True)):
        what = f"{call}: параметр номер {number} после обучения"
        check.tensor(weight, shape=initial.shape, dtype=initial.dtype, call=what)
        check.that(bool(weight.isfinite().all()), f"{what}: в весах NaN или бесконечность, обучение разошлось")
    net = probes.network(weights, nn.Identity)
    why = "в режиме применения слой должен вернуть вход без изменений"
    with torch.no_grad():
        expected = net(trial.x_test)
    check.close(logits, expected, rtol=1e-3, atol=1e-3, call=f"{call}: ответы сети после .eval()", why=why)
    return net


def accuracy(net, trial):
    """Доля верных ответов на x_test, где метки не испорчены."""
    with torch.no_grad():
        return (net(trial.x_test).argmax(1) == trial.y_test).float().mean().item()


def memorised(net, trial):
    """Доля испорченных меток, которые сеть повторяет: на новых данных от этого один вред."""
    with torch.no_grad():
        repeated = net(trial.x).argmax(1) == trial.y
    return repeated[trial.wrong].float().mean().item()
