"""Входы: случайные, но такие, на которых обычные ошибки видны наверняка."""

from itertools import pairwise

import numpy as np

# как массив лежит в памяти: имя для пробы и слова для сообщения
LAYOUTS = {"columns": "по столбцам", "strided": "через одно"}


def numbers(rng, *shape, dtype=np.float64):
    """Обычные числа, ни одного рядом с нулём: изломов поблизости нет, и ноль ничего не прячет."""
    sizes = 0.2 + 1.5 * rng.random(shape)
    signs = np.where(rng.random(shape) < 0.5, -1.0, 1.0)
    return (signs * sizes).astype(dtype)


def signed(rng, *shape, dtype=np.float64):
    """То же, и знаки чередуются: есть и отрицательные, и положительные."""
    x = np.abs(numbers(rng, *shape))
    flat = x.reshape(-1)
    flat[1::2] *= -1
    return x.astype(dtype)


def layer(rng, batch=5, inputs=4, outputs=3, dtype=np.float64):
    """x, W, b линейного слоя."""
    return tuple(numbers(rng, *shape, dtype=dtype) for shape in ((batch, inputs), (inputs, outputs), (outputs,)))


def scores(rng, batch=6, classes=4, dtype=np.float64):
    """Логиты и метки: встречаются все классы, и ни одна метка не равна номеру примера у всех."""
    labels = rng.permutation(np.arange(batch) % classes)
    if (labels == np.arange(batch) % classes).all():
        labels = np.roll(labels, 1)
    return 2 * numbers(rng, batch, classes, dtype=dtype), labels


def channels(rng, batch=7, width=4, dtype=np.float64):
    """x, γ, β нормализации: у признаков свои среднее и разброс, далеко не 0 и 1; γ и β — не единицы и не нули."""
    shift, spread = np.linspace(-3, 4, width), np.linspace(0.5, 3, width)
    x = shift + spread * rng.standard_normal((batch, width))
    gamma, beta = np.linspace(0.5, 2, width), numbers(rng, width)
    return x.astype(dtype), rng.permutation(gamma).astype(dtype), beta.astype(dtype)


def network(rng, sizes, batch=8, dtype=np.float64):
    """Блоки сети, x и метки; параметры — какие угодно, а не начальные."""
    blocks = []
    for number, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        block = {"w": numbers(rng, inputs, outputs, dtype=dtype), "b": numbers(rng, outputs, dtype=dtype)}
        if number < len(sizes) - 1:
            block["gamma"] = (0.5 + rng.random(outputs)).astype(dtype)
            block["beta"] = numbers(rng, outputs, dtype=dtype)
        blocks.append(block)
    labels = rng.permutation(np.arange(batch) % sizes[-1])
    return blocks, rng.standard_normal((batch, sizes[0])).astype(dtype), labels


def beginning(rng, sizes):
    """Блоки сети перед обучением: веса Хе, смещения и β — нули, γ — единицы."""
    blocks = []
    for number, (inputs, outputs) in enumerate(pairwise(sizes), start=1):
        block = {"w": rng.standard_normal((inputs, outputs)) * (2 / inputs) ** 0.5, "b": np.zeros(outputs)}
        if number < len(sizes) - 1:
            block |= {"gamma": np.ones(outputs), "beta": np.zeros(outputs)}
        blocks.append(block)
    return blocks
