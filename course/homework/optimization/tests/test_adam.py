"""MyAdam: 0,4 балла."""

import probes
import pytest
import torch
from details import check_changing_lr, check_details, check_groups, check_resume
from paths import check_steps, gradients, number, start


def random_options(rng):
    return {
        "lr": number(0.02, 0.2, rng),
        "betas": (number(0.6, 0.85, rng), number(0.9, 0.98, rng)),
        "eps": 1e-6,
    }


@pytest.mark.points("0.08")
def test_adam(submission, rng):
    """Adam с параметрами по умолчанию

    lr = 0,001, betas = (0,9, 0,999), eps = 1e-8. Поправки на смещение важнее всего на первых шагах.
    """
    params = start(rng)
    check_steps(submission, probes.trajectory, "MyAdam", params, gradients(params, 6, rng), {})


@pytest.mark.points("0.08")
def test_adam_options(submission, rng):
    """Adam с другими lr, betas и eps

    Всё берётся из __init__, ничего не вписано в формулу.
    """
    params = start(rng)
    steps = gradients(params, 6, rng)
    check_steps(submission, probes.trajectory, "MyAdam", params, steps, random_options(rng) | {"eps": 0.1})


@pytest.mark.points("0.06")
def test_adam_weight_decay(submission, rng):
    """Затухание в Adam: g ← g + λ·θ, до моментов

    Это L2: добавка проходит через m и v вместе с градиентом. Мимо них затухание идёт только в AdamW.
    """
    params = start(rng)
    options = random_options(rng) | {"weight_decay": number(0.2, 0.5, rng)}
    check_steps(submission, probes.trajectory, "MyAdam", params, gradients(params, 5, rng), options)


@pytest.mark.points("0.06")
def test_adam_small_gradients(submission, rng):
    """Adam на маленьких и нулевых градиентах: где стоит ε

    Знаменатель — √v̂ + ε: ε снаружи корня. При нулевом градиенте параметр стоит, 0/0 не возникает. Шаг не зависит от
    размера градиентов, даже 10⁻²⁵: моменты хранятся в типе параметра, а не во float32.
    """
    params = start(rng)
    steps = gradients(params, 4, rng, scale=1e-6)
    for row in steps:
        row[0].view(-1)[:3] = 0.0
        row[2] = torch.zeros_like(row[2])
    options = random_options(rng)
    check_steps(submission, probes.trajectory, "MyAdam", params, steps, options)
    tiny = gradients(params, 3, rng, scale=1e-25)
    check_steps(submission, probes.trajectory, "MyAdam", params, tiny, options | {"eps": 1e-30})


@pytest.mark.points("0.06")
def test_adam_resume(submission, rng):
    """Adam: lr меняется на ходу, состояние сохраняется

    m, v и счётчик шагов — всё состояние. Без счётчика поправки на смещение после загрузки начнутся заново.
    """
    options = random_options(rng)
    check_changing_lr(submission, "MyAdam", options, rng)
    check_resume(submission, "MyAdam", options, {"lr": 0.5, "betas": (0.1, 0.2)}, rng)


@pytest.mark.hidden
@pytest.mark.points("0.06")
def test_adam_details(submission, rng):
    """Adam: градиенты целы, None пропущен, у групп свои настройки

    p.grad нельзя менять. Параметр, у которого p.grad — None, не двигается; нулевой градиент — не None. Счётчик шагов
    растёт раз в шаг, сколько бы ни было параметров и групп. Группу можно добавить и позже, её настройки — свои, все до
    одной; два оптимизатора друг другу не мешают; zero_grad() стирает градиенты. Обновление не попадает в граф. Порядок
    аргументов — из условия.
    """
    options = random_options(rng) | {"weight_decay": 0.2}
    check_details(submission, "MyAdam", options, {"lr": 0.3, "betas": (0.5, 0.8), "eps": 0.1}, rng)
    settings = [
        {"lr": 0.02 * k, "betas": (0.9 - 0.1 * k, 1 - 0.03 * k), "eps": 0.1 * (6 - k), "weight_decay": 0.1 * k}
        for k in range(1, 6)
    ]
    check_groups(submission, "MyAdam", options, settings, rng)
