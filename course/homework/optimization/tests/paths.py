"""Параметры, градиенты и сравнение путей. Из песочницы прийти может что угодно."""

import torch
from expected import NEAR, oracle
from mistakes import suspects

from kafedra.testing import check


def number(low, high, rng):
    """Случайное число из [low, high)."""
    return low + (high - low) * torch.rand((), generator=rng, dtype=torch.float64).item()


def start(rng, dtype=torch.float64):
    """Пять параметров; у первых двух одна форма, есть транспонированный и без осей."""
    shapes = [(3, 4), (3, 4), (5,), ()]
    params = [torch.randn(shape, generator=rng, dtype=torch.float64).to(dtype) for shape in shapes]
    return [*params, torch.randn(4, 2, generator=rng, dtype=torch.float64).to(dtype).T]


def gradients(params, count, rng, scale=1.0):
    """Градиенты для `count` шагов, разного размера у разных элементов."""
    return [
        [(scale * torch.randn(p.shape, generator=rng, dtype=torch.float64).mul(2) ** 3 / 4).to(p.dtype) for p in params]
        for _ in range(count)
    ]


def describe(name, options):
    """`MySGD(params, lr=0.1, momentum=0.9)`."""
    words = {key: f"{value:.3g}" if isinstance(value, float) else str(value) for key, value in options.items()}
    if isinstance(betas := options.get("betas"), tuple):
        words["betas"] = "(" + ", ".join(f"{beta:.4g}" for beta in betas) + ")"
    return f"{name}(params" + "".join(f", {key}={value}" for key, value in words.items()) + ")"


def check_path(answer, expected, *, near, call, why="", find=None):
    """Параметры после каждого шага там же, где у torch.

    Причина — `why`; или её находит по ответу `find`.
    """
    count, width = len(expected), len(expected[0])
    right = isinstance(answer, list) and len(answer) == count
    right = right and all(isinstance(row, list) and len(row) == width for row in answer)
    check.that(right, f"{call}: проба вернула не {count} шагов по {width} параметров, а что-то другое")
    if find is not None and not same(answer, expected, near):
        why = find(answer)
    for step, (row, wanted) in enumerate(zip(answer, expected, strict=True), start=1):
        for index, (value, target) in enumerate(zip(row, wanted, strict=True), start=1):
            check.close(value, target, **near, call=f"{call}: параметр {index} после шага {step}", why=why)


def same(answer, expected, near):
    """Совпадают ли пути; всё, что не тензоры нужной формы, не совпадает."""
    try:
        check.close(answer, expected, **near, call="")
    except check.CheckFailed:
        return False
    return True


def closest(answer, first, second, near):
    """Путь, в котором у каждого параметра — `second`, если ответ идёт по нему, а иначе `first`."""
    whole = isinstance(answer, list) and len(answer) == len(first)
    if not whole or not all(isinstance(row, list) and len(row) == len(first[0]) for row in answer):
        return first
    chosen = []
    for got, one, two in zip(*(zip(*path, strict=True) for path in (answer, first, second)), strict=True):
        chosen.append(two if same(got, two, near) else one)
    return [list(row) for row in zip(*chosen, strict=True)]


def mixed_up(answer, expected, near):
    """Сошёлся ли первый параметр, а второй, той же формы, нет: похоже, состояние у них одно."""
    return same(answer[0][:1], expected[0][:1], near) and not same(answer[0][1:2], expected[0][1:2], near)


def cause(name, params, steps, options, lrs=None, otherwise=""):
    """Функция: какая из известных ошибок дала этот путь."""

    def find(answer):
        expected = oracle(name, params, steps, options, lrs)
        first = otherwise or "начните с первого шага: посчитайте его на бумаге и сравните с формулой из условия"
        if mixed_up(answer, expected, NEAR[name]):
            first = "первый параметр сошёлся, а второй, той же формы, — нет: у каждого параметра своё состояние"
        return check.likely(answer, expected, suspects(name, params, steps, options, lrs), first, **NEAR[name])

    return find


def check_steps(submission, probe, name, params, steps, options, *, lrs=None, otherwise="", **extra):
    """Вызвать пробу и сравнить путь с torch."""
    call = describe(name, options)
    if lrs:
        extra["lrs"] = lrs
        call += ", lr меняется на ходу"
    answer = submission.call(probe, name, params, steps, options, **extra)
    known = {"lr": 1e-3} | options
    expected = oracle(name, params, steps, known, lrs)
    find = cause(name, params, steps, known, lrs, otherwise)
    check_path(answer, expected, near=NEAR[name], call=call, find=find)


def check_float32(submission, probe, name, options, rng):
    """Параметры float32 остаются float32 и идут туда же, с точностью до округлений."""
    params = start(rng, torch.float32)
    steps = gradients(params, 3, rng)
    answer = submission.call(probe, name, params, steps, options)
    call = f"{describe(name, options)}, параметры float32"
    why = "тип параметра менять нельзя: моменты создавайте через torch.zeros_like(p)"
    near = {"rtol": 1e-4, "atol": 1e-5}
    check_path(answer, oracle(name, params, steps, options), near=near, call=call, why=why)
