"""MyAdamW и расписание: 0,2 балла."""

import math

import probes
import pytest
import torch
from details import check_changing_lr, check_details, check_groups, check_resume
from expected import scheduled
from paths import check_steps, gradients, number, start

from kafedra.testing import check


def check_schedule(submission, steps, lr, warmup, total, suspects, **options):
    """Значения расписания на данных шагах."""
    call = f"warmup_cosine(step, lr={lr:.3g}, warmup={warmup}, total={total}" + (", lr_min" if options else "") + ")"
    values = check.parts(submission.call(probes.schedule, steps, lr, warmup, total, **options), len(steps), call=call)
    for step, value in zip(steps, values, strict=True):
        wanted = scheduled(step, lr, warmup, total, options.get("lr_min", 0.0))
        tensor = f"{call} при step = {step}: нужно обычное число, а не тензор; считайте через math.cos"
        check.that(not isinstance(value, torch.Tensor), tensor)
        known = {why: wrong(step) for why, wrong in suspects.items()}
        check.close(value, wanted, atol=1e-12, call=f"{call} при step = {step}", suspects=known)


@pytest.mark.points("0.07")
def test_adamw(submission, rng):
    """AdamW: затухание идёт мимо моментов, прямо в веса

    θ ← θ − lr·λ·θ − lr·m̂/(√v̂ + ε). По умолчанию λ = 0,01.
    """
    params = start(rng)
    steps = gradients(params, 5, rng)
    check_steps(submission, probes.trajectory, "MyAdamW", params, steps, {})
    options = {"lr": number(0.02, 0.2, rng), "betas": (number(0.6, 0.85, rng), 0.97), "eps": 1e-4}
    options["weight_decay"] = number(0.2, 0.5, rng)
    check_steps(submission, probes.trajectory, "MyAdamW", params, steps, options)


@pytest.mark.hidden
@pytest.mark.points("0.03")
def test_adamw_details(submission, rng):
    """AdamW: lr на ходу, состояние, None, группы

    Затухание умножается на lr, который действует сейчас. Параметр, у которого p.grad — None, не затухает, а с нулевым
    градиентом — затухает. Настройки у каждой группы свои, все до одной. Порядок аргументов — из условия.
    """
    options = {"lr": number(0.02, 0.2, rng), "betas": (0.8, 0.95), "eps": 1e-6, "weight_decay": 0.3}
    check_details(submission, "MyAdamW", options, {"lr": 0.3, "betas": (0.5, 0.8), "weight_decay": 0.9}, rng)
    check_changing_lr(submission, "MyAdamW", options, rng)
    check_resume(submission, "MyAdamW", options, {"lr": 0.5, "weight_decay": 0.9}, rng)
    settings = [
        {"lr": 0.02 * k, "betas": (0.9 - 0.1 * k, 1 - 0.03 * k), "eps": 0.1 * (6 - k), "weight_decay": 0.1 * k}
        for k in range(1, 6)
    ]
    check_groups(submission, "MyAdamW", options, settings, rng)


@pytest.mark.points("0.04")
def test_warmup(submission, rng):
    """Разогрев: lr растёт по прямой

    На шаге step = 0, 1, …, warmup − 1 — lr·(step + 1)/warmup: первый шаг уже не нулевой, последний равен lr. От lr_min
    разогрев не зависит.
    """
    lr, low, warmup = number(0.1, 1.0, rng), number(0.01, 0.05, rng), 8
    suspects = {
        "разогрева нет: lr сразу полный": lambda step: lr,
        "первый шаг с нулевым lr пропадёт зря: нужно (step + 1)/warmup": lambda step: lr * step / warmup,
        "разогрев короче или длиннее на шаг": lambda step: lr * (step + 1) / (warmup + 1),
    }
    check_schedule(submission, list(range(warmup)), lr, warmup, 50, suspects)
    suspects = {"разогрев начат с lr_min, а он идёт от нуля": lambda step: low + (lr - low) * (step + 1) / warmup}
    check_schedule(submission, list(range(warmup)), lr, warmup, 50, suspects, lr_min=low)


@pytest.mark.points("0.04")
def test_cosine(submission, rng):
    """Косинус: от lr до lr_min

    На шаге warmup — ещё lr, на полпути — среднее lr и lr_min, к шагу total — lr_min.
    """
    lr, low, warmup, total = number(0.1, 1.0, rng), number(0.01, 0.05, rng), 5, 45

    def share(step):
        return (step - warmup) / (total - warmup)

    suspects = {
        "после разогрева lr не убывает": lambda step: lr,
        "убывает по прямой, а нужно по косинусу": lambda step: low + (lr - low) * (1 - share(step)),
        "lr_min не используется": lambda step: lr * (1 + math.cos(math.pi * share(step))) / 2,
        "длина разогрева не вычтена: косинус начат с нулевого шага": lambda step: (
            low + (lr - low) * (1 + math.cos(math.pi * step / total)) / 2
        ),
        "нужно (1 + cos)/2, а не cos": lambda step: low + (lr - low) * math.cos(math.pi * share(step)),
        "косинус взят на четверти периода: до π/2, а не до π": lambda step: (
            low + (lr - low) * math.cos(math.pi / 2 * share(step))
        ),
        "lr_min прибавлен сверху: в начале выходит lr + lr_min": lambda step: (
            low + lr * (1 + math.cos(math.pi * share(step))) / 2
        ),
    }
    steps = [10, 20, 5, 25, 35, 44]
    check_schedule(submission, steps, lr, warmup, total, suspects, lr_min=low)


@pytest.mark.hidden
@pytest.mark.points("0.02")
def test_schedule_edges(submission, rng):
    """Края расписания: без разогрева и после последнего шага

    При warmup = 0 косинус начинается сразу, деления на ноль нет. С шага total и дальше — lr_min (по умолчанию 0), снова
    lr не растёт.
    """
    lr, low = number(0.1, 1.0, rng), number(0.01, 0.05, rng)
    period = {
        "после total косинус пошёл вверх: ограничьте долю пути единицей": lambda step: (
            low + (lr - low) * (1 + math.cos(math.pi * (step - 10) / 30)) / 2
        )
    }
    check_schedule(submission, [39, 40, 41, 55, 200], lr, 10, 40, period, lr_min=low)
    check_schedule(submission, [0, 1, 7, 29, 30, 31], lr, 0, 30, {}, lr_min=low)
    check_schedule(submission, [40, 41, 39, 20], lr, 10, 40, {})
