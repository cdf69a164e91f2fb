"""Четыре распределения: 0,4 балла."""

import math

import probes
import pytest
import torch
from bounds import check_filled, check_shape_of_distribution, check_std, check_unrelated
from expected import CONV, LINEAR, SMALL, TINY, before, kaiming_std, xavier_std
from mistakes import cut_at_two, kaiming_suspects, xavier_suspects

from kafedra.testing import check


def check_distribution(submission, rng, name, kind, std_of, suspects_of):
    """Для матрицы и для свёртки: верные разброс и форма, и каждый раз новые числа."""
    for shape in (LINEAR, CONV):
        w = before(shape, rng)
        call = f"{name}(w), w формы {shape}"
        first, second = check.parts(submission.call(probes.fill_twice, name, w), 2, call=call)
        for values in (first, second):
            check_filled(values, w, call=call, inputs={"w": w})
            suspects = suspects_of(shape, kind)
            check_std(values, std_of(shape), kind, call=call, suspects=suspects, inputs={"w": w})
            check_shape_of_distribution(values, std_of(shape), kind, call=call)
        check.that(
            not torch.equal(first, second),
            f"{call}: два вызова подряд дали одни и те же веса\n"
            "похоже: внутри функции стоит manual_seed или числа не случайные; тогда все слои одной формы одинаковы",
        )
        check_unrelated(first, call=call)
    size = math.prod(SMALL)
    fitted = "отклонение подогнано по самой выборке (w / w.std()): числа перестали быть независимыми"
    std = std_of(SMALL)
    check_many(submission, rng, name, kind, SMALL, std, {fitted: std * math.sqrt((size - 1) / size)}, count=1000)
    if kind == "normal":
        std = std_of(TINY)
        cut = "числа обрезаны на ±2, а нормальный закон не ограничен: у trunc_normal_ границы ±2, а не ±2σ"
        check_many(submission, rng, name, kind, TINY, std, {cut: cut_at_two(std)}, count=4000)


def check_many(submission, rng, name, kind, shape, std, suspects, *, count):
    """Много маленьких тензоров вместе: распределение то же, что у больших."""
    w = before(shape, rng)
    call = f"{count} вызовов {name}(w), w формы {shape}"
    values = submission.call(probes.fill_many, name, w, count)
    check_filled(values, w.expand(count, *shape), call=call, inputs={"w": w})
    check_std(values, std, kind, call=call, suspects=suspects, inputs={"w": w})
    check_shape_of_distribution(values, std, kind, call=call)


def check_in_place(submission, rng, name, kind, std_of):
    """Пишет в сам тензор, возвращает его же, не портит параметр; тип и память вида сохранены."""
    w = before(LINEAR, rng, torch.float32)
    call = f"{name}(w), w — параметр float32 формы {LINEAR}"
    after, same, trainable, frozen = check.parts(submission.call(probes.fill_parameter, name, w), 4, call=call)
    check_filled(after, w, call=call, inputs={"w": w})
    check_std(after, std_of(LINEAR), kind, call=call, suspects={}, inputs={"w": w})
    why = "функция с подчёркиванием на конце меняет тензор на месте и возвращает его же: return w"
    check.equal(same, True, call=f"{call}: вернулся ли сам w", why=why)
    why = "заполняйте под torch.no_grad() и не трогайте requires_grad: иначе слой не будет учиться"
    check.equal(trainable, True, call=f"{call}: остался ли w обучаемым листом графа", why=why)
    why = "requires_grad включён и там, где был выключен; под torch.no_grad() его и трогать не нужно"
    what = "остались ли замороженный параметр и простой тензор без градиента"
    check.equal(frozen, True, call=f"{name}(w): {what}", why=why)
    storage = before((LINEAR[0], 2 * LINEAR[1] + 1), rng)
    call = f"{name}(t[:, 1::2]), t формы {tuple(storage.shape)}"
    whole = submission.call(probes.fill_view, name, storage)
    check.tensor(whole, shape=storage.shape, dtype=storage.dtype, call=call)
    why = "пишите методами самого тензора (w.uniform_, w.normal_, w.copy_): w.data = ... теряет связь с памятью"
    check.equal(whole[:, ::2], storage[:, ::2], call=f"{call}: соседние столбцы", why=why)
    check_filled(whole[:, 1::2], storage[:, 1::2], call=call, inputs={})
    check_std(whole[:, 1::2], std_of(LINEAR), kind, call=call, suspects={}, inputs={})


def check_gain(submission, rng, name, kind):
    """У Ксавье отклонение умножается на gain."""
    gain = 1.3 + torch.rand((), generator=rng, dtype=torch.float64).item()
    w = before(LINEAR, rng)
    call = f"{name}(w, gain={gain:.3g}), w формы {LINEAR}"
    values, _ = check.parts(submission.call(probes.fill_twice, name, w, gain=gain), 2, call=call)
    check_filled(values, w, call=call, inputs={"w": w})
    std = xavier_std(LINEAR)
    suspects = {
        "параметр gain не используется": std,
        "на gain умножена дисперсия, а нужно — отклонение": std * gain**0.5,
        "на gain² умножено отклонение, а нужно — дисперсия": std * gain**2,
        "на gain поделено, а нужно умножить": std / gain,
    }
    check_std(values, std * gain, kind, call=call, suspects=suspects, inputs={"w": w})


def check_slope_and_mode(submission, rng, name, kind):
    """У Хе наклон a уменьшает множитель, а mode выбирает, что делить."""
    a = 0.5 + 0.4 * torch.rand((), generator=rng, dtype=torch.float64).item()
    cases = (LINEAR, {"a": a}), (LINEAR, {"mode": "fan_out"}), (CONV, {"a": a, "mode": "fan_out"})
    for shape, options in cases:
        w = before(shape, rng)
        shown = ", ".join(f"{key}={value:.3g}" if key == "a" else f'{key}="{value}"' for key, value in options.items())
        call = f"{name}(w, {shown}), w формы {shape}"
        values, _ = check.parts(submission.call(probes.fill_twice, name, w, **options), 2, call=call)
        check_filled(values, w, call=call, inputs={"w": w})
        right = {"a": 0.0, "mode": "fan_in"} | options
        slope, mode = right["a"], right["mode"]
        suspects = {
            "параметр a не используется": kaiming_std(shape, 0.0, mode),
            "параметр mode не используется": kaiming_std(shape, slope, "fan_in"),
            "в знаменателе 1 + a, а нужно 1 + a²": kaiming_std(shape, slope**0.5, mode),
            "забыт корень множителя: gain = √(2 / (1 + a²))": kaiming_std(shape, slope, mode)
            * (2 / (1 + slope**2)) ** 0.5,
        }
        if len(shape) > 2:
            suspects["площадь ядра не учтена в fan_out"] = kaiming_std(shape[:2], slope, mode)
        check_std(values, kaiming_std(shape, slope, mode), kind, call=call, suspects=suspects, inputs={"w": w})


@pytest.mark.points("0.06")
def test_xavier_uniform(submission, rng):
    """xavier_uniform_: равномерное, дисперсия 2 / (fan_in + fan_out)

    U(−a, a), где a = √3·σ. Проверяются разброс, форма распределения и то, что каждый вызов даёт новые числа.
    """
    check_distribution(submission, rng, "xavier_uniform_", "uniform", xavier_std, xavier_suspects)


@pytest.mark.points("0.06")
def test_xavier_normal(submission, rng):
    """xavier_normal_: нормальное, дисперсия 2 / (fan_in + fan_out)

    N(0, σ²): в normal_ передают σ, а не σ². Проверяются разброс, форма распределения (хвосты не обрезаны, какой бы ни
    была σ) и новизна каждого вызова.
    """
    check_distribution(submission, rng, "xavier_normal_", "normal", xavier_std, xavier_suspects)


@pytest.mark.points("0.06")
def test_kaiming_uniform(submission, rng):
    """kaiming_uniform_: равномерное, дисперсия 2 / fan_in

    U(−a, a), где a = √3·σ. Проверяются разброс, форма распределения и то, что каждый вызов даёт новые числа.
    """
    check_distribution(submission, rng, "kaiming_uniform_", "uniform", kaiming_std, kaiming_suspects)


@pytest.mark.points("0.06")
def test_kaiming_normal(submission, rng):
    """kaiming_normal_: нормальное, дисперсия 2 / fan_in

    N(0, σ²): в normal_ передают σ, а не σ². Проверяются разброс, форма распределения (хвосты не обрезаны, какой бы ни
    была σ) и новизна каждого вызова.
    """
    check_distribution(submission, rng, "kaiming_normal_", "normal", kaiming_std, kaiming_suspects)


@pytest.mark.points("0.02")
def test_xavier_uniform_in_place(submission, rng):
    """xavier_uniform_: меняет сам тензор

    Возвращается тот же объект, float32 остаётся float32, обучаемый параметр остаётся обучаемым, а замороженный —
    замороженным; тензор может быть частью большего.
    """
    check_in_place(submission, rng, "xavier_uniform_", "uniform", xavier_std)


@pytest.mark.points("0.02")
def test_xavier_normal_in_place(submission, rng):
    """xavier_normal_: меняет сам тензор

    Возвращается тот же объект, float32 остаётся float32, обучаемый параметр остаётся обучаемым, а замороженный —
    замороженным; тензор может быть частью большего.
    """
    check_in_place(submission, rng, "xavier_normal_", "normal", xavier_std)


@pytest.mark.points("0.02")
def test_kaiming_uniform_in_place(submission, rng):
    """kaiming_uniform_: меняет сам тензор

    Возвращается тот же объект, float32 остаётся float32, обучаемый параметр остаётся обучаемым, а замороженный —
    замороженным; тензор может быть частью большего.
    """
    check_in_place(submission, rng, "kaiming_uniform_", "uniform", kaiming_std)


@pytest.mark.points("0.02")
def test_kaiming_normal_in_place(submission, rng):
    """kaiming_normal_: меняет сам тензор

    Возвращается тот же объект, float32 остаётся float32, обучаемый параметр остаётся обучаемым, а замороженный —
    замороженным; тензор может быть частью большего.
    """
    check_in_place(submission, rng, "kaiming_normal_", "normal", kaiming_std)


@pytest.mark.hidden
@pytest.mark.points("0.02")
def test_xavier_uniform_gain(submission, rng):
    """xavier_uniform_: множитель gain

    gain умножает стандартное отклонение, а значит, и границу a; дисперсию он умножает на gain².
    """
    check_gain(submission, rng, "xavier_uniform_", "uniform")


@pytest.mark.hidden
@pytest.mark.points("0.02")
def test_xavier_normal_gain(submission, rng):
    """xavier_normal_: множитель gain

    gain умножает стандартное отклонение; дисперсию он умножает на gain².
    """
    check_gain(submission, rng, "xavier_normal_", "normal")


@pytest.mark.hidden
@pytest.mark.points("0.02")
def test_kaiming_uniform_options(submission, rng):
    """kaiming_uniform_: наклон a и выбор mode

    Для LeakyReLU с наклоном a дисперсия равна 2 / ((1 + a²)·fan); mode="fan_out" берёт fan_out вместо fan_in.
    """
    check_slope_and_mode(submission, rng, "kaiming_uniform_", "uniform")


@pytest.mark.hidden
@pytest.mark.points("0.02")
def test_kaiming_normal_options(submission, rng):
    """kaiming_normal_: наклон a и выбор mode

    Для LeakyReLU с наклоном a дисперсия равна 2 / ((1 + a²)·fan); mode="fan_out" берёт fan_out вместо fan_in.
    """
    check_slope_and_mode(submission, rng, "kaiming_normal_", "normal")
