"""Опыт с большим шагом: данные, сеть без нормализации и пересчёт ответов сети с нормализацией."""

from itertools import pairwise

import torch
from sklearn.datasets import load_digits

SIZES = [64, 64, 64, 64, 64, 64, 10]
TRAIN, BATCH, EPOCHS, SEEDS = 1000, 125, 8, 3

# Пороги. Шаг за эпохи линейно убывает до нуля: при постоянном последние шаги так велики, что одна сеть из
# пятнадцати не доходит и до 0,93. Измерено на 50 запусках с готовым слоем (`nn.BatchNorm1d`),
# доля верных ответов на 797 цифрах:
#   шаг 2: с ней 0,974 ± 0,006 (худшая 0,954); без неё, на 20 запусках, 0,097 ± 0,009 (лучшая 0,113);
#   шаг 3: с ней 0,973 ± 0,006 (худшая 0,954); без неё, на 20 запусках, 0,097 ± 0,009 (лучшая 0,113).
# Среднее трёх запусков: отклонения в √3 раз меньше. До порога доли 0,93 — двенадцать сигм (0,043 / 0,0035), до порога
# выигрыша 0,6 — больше сорока (0,276 / 0,006).
LEAST_GAIN, LEAST_ACCURACY = 0.6, 0.93


def digits(rng):
    """Обучающие картинки и метки, проверочные картинки и метки; пиксели перемешаны, одинаково у всех."""
    data = load_digits()
    x, y = torch.tensor(data.data, dtype=torch.float32) / 8 - 1, torch.tensor(data.target)
    x = x[:, torch.randperm(64, generator=rng)]
    order = torch.randperm(len(x), generator=rng)
    train, test = order[:TRAIN], order[TRAIN:]
    return x[train], y[train], x[test], y[test]


def accuracy(logits, y):
    return (logits.argmax(dim=1) == y).float().mean().item()


def without_norm(x, y, x_test, lr, seed):
    """Ответы такой же сети без нормализации, обученной так же."""
    torch.set_num_threads(1)  # матрицы маленькие: второй поток только мешает
    generator = torch.Generator().manual_seed(seed)
    parameters = []
    for inputs, outputs in pairwise(SIZES):
        weight = torch.randn(outputs, inputs, generator=generator) * (2 / inputs) ** 0.5
        parameters += [weight.requires_grad_(), torch.zeros(outputs, requires_grad=True)]

    def network(z):
        for weight, bias in zip(parameters[:-2:2], parameters[1:-2:2], strict=True):
            z = (z @ weight.T + bias).clamp(min=0)
        return z @ parameters[-2].T + parameters[-1]

    for epoch in range(EPOCHS):
        step_size = lr * (1 - epoch / EPOCHS)
        for rows in torch.randperm(len(x), generator=generator).split(BATCH):
            loss = torch.nn.functional.cross_entropy(network(x[rows]), y[rows])
            if not loss.isfinite():  # разошлась: дальше будет только NaN, то есть один и тот же ответ на всё
                return torch.full((len(x_test), SIZES[-1]), torch.nan)
            steps = torch.autograd.grad(loss, parameters)
            with torch.no_grad():
                for parameter, step in zip(parameters, steps, strict=True):
                    parameter.sub_(step_size * step)
    with torch.no_grad():
        return network(x_test)


def recomputed(linear, affine, statistics, x):
    """Ответы сети в режиме eval, посчитанные здесь, по её весам."""
    for (weight, bias), (gamma, beta), (mean, var) in zip(linear, affine, statistics, strict=False):
        x = x @ weight.T + bias
        x = (gamma * (x - mean) / torch.sqrt(var + 1e-5) + beta).clamp(min=0)
    weight, bias = linear[-1]
    return x @ weight.T + bias
