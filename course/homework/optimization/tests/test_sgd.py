"""MySGD: 0,4 балла."""

import probes
import pytest
from details import check_changing_lr, check_details, check_groups, check_resume
from paths import check_steps, gradients, number, start


@pytest.mark.points("0.06")
def test_sgd(submission, rng):
    """SGD: θ ← θ − lr·g

    Несколько параметров разных форм, несколько шагов.
    """
    params = start(rng)
    steps = gradients(params, 3, rng)
    check_steps(submission, probes.trajectory, "MySGD", params, steps, {"lr": number(0.2, 0.6, rng)})


@pytest.mark.points("0.08")
def test_sgd_momentum(submission, rng):
    """Момент: v ← μ·v + g, θ ← θ − lr·v

    Скорость начинается с нуля, своя у каждого параметра, множителя 1 − μ при градиенте нет.
    """
    params = start(rng)
    steps = gradients(params, 5, rng)
    options = {"lr": number(0.02, 0.08, rng), "momentum": number(0.5, 0.85, rng)}
    check_steps(submission, probes.trajectory, "MySGD", params, steps, options)


@pytest.mark.points("0.08")
def test_sgd_nesterov(submission, rng):
    """Нестеров: θ ← θ − lr·(g + μ·v)

    Сначала обновляется скорость, v ← μ·v + g, и в шаг входит уже новая. С nesterov=False — обычный момент.
    """
    params = start(rng)
    steps = gradients(params, 5, rng)
    options = {"lr": number(0.02, 0.08, rng), "momentum": number(0.5, 0.85, rng), "nesterov": True}
    check_steps(submission, probes.trajectory, "MySGD", params, steps, options)


@pytest.mark.points("0.06")
def test_sgd_weight_decay(submission, rng):
    """Затухание весов в SGD: g ← g + λ·θ

    Прибавляется к градиенту до момента и до шага Нестерова.
    """
    params = start(rng)
    steps = gradients(params, 4, rng)
    options = {"lr": number(0.02, 0.08, rng), "momentum": number(0.5, 0.85, rng), "weight_decay": number(0.2, 0.5, rng)}
    check_steps(submission, probes.trajectory, "MySGD", params, steps, options)
    check_steps(submission, probes.trajectory, "MySGD", params, steps, options | {"nesterov": True})


@pytest.mark.points("0.06")
def test_sgd_resume(submission, rng):
    """SGD: lr меняется на ходу, состояние сохраняется

    Расписание пишет новый lr в param_groups. state_dict() и load_state_dict() должны вернуть всё, что накоплено.
    """
    options = {"lr": number(0.02, 0.08, rng), "momentum": number(0.5, 0.85, rng)}
    check_changing_lr(submission, "MySGD", options, rng)
    check_resume(submission, "MySGD", options, {"lr": 0.5, "momentum": 0.1}, rng)


@pytest.mark.hidden
@pytest.mark.points("0.06")
def test_sgd_details(submission, rng):
    """SGD: градиенты целы, None пропущен, у групп свои настройки

    p.grad нельзя менять и нельзя хранить вместо скорости: в него запишут следующий градиент. Параметр, у которого
    p.grad — None, не двигается, а скорость его ждёт; нулевой градиент — не None. Группу можно добавить и позже, её
    настройки — свои, все до одной; два оптимизатора друг другу не мешают; zero_grad() стирает градиенты. Обновление не
    попадает в граф. Порядок аргументов — из условия.
    """
    options = {"lr": number(0.02, 0.08, rng), "momentum": number(0.5, 0.85, rng), "weight_decay": 0.2}
    check_details(submission, "MySGD", options, {"lr": 0.1, "momentum": 0.3, "nesterov": True}, rng)
    settings = [
        {"lr": 0.01 * k, "momentum": 0.9 - 0.1 * k, "nesterov": k % 2 == 0, "weight_decay": 0.1 * (5 - k)}
        for k in range(1, 6)
    ]
    check_groups(submission, "MySGD", options, settings, rng)
