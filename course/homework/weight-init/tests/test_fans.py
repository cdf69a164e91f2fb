"""fan_in и fan_out: 0,3 балла."""

import probes
import pytest
import torch
from expected import fans_of

from kafedra.testing import check


def check_fans(submission, shape):
    """Два целых числа, как в определении; иначе — объяснение, на что они похожи."""
    call = f"fans(w), w формы {shape}"
    answer = submission.call(probes.fans, torch.ones(shape, dtype=torch.float64))
    answer = check.parts(answer, 2, call=call, what="fan_in, fan_out")
    fan_in, fan_out = fans_of(shape)
    wrong = {
        (shape[1], shape[0]): "площадь ядра не учтена: каналы нужно умножить на неё",
        (shape[0], shape[1]): "это просто w.shape: первая ось — выходы, и площадь ядра не учтена",
        (fan_in, shape[0]): "площадь ядра не учтена в fan_out",
        (shape[1], fan_out): "площадь ядра не учтена в fan_in",
        (shape[1] * shape[-1], shape[0] * shape[-1]): "учтена только последняя ось ядра, а нужна вся площадь",
        (shape[1] * sum(shape[2:]), shape[0] * sum(shape[2:])): "размеры ядра сложены, а нужно перемножить",
        (fan_out, fan_in): "порядок перепутан: первая ось веса — выходы, вторая — входы",
    }
    plain = all(type(one) in (int, float) for one in answer)
    why = wrong.get(answer, "") if plain else "нужны обычные целые числа"
    why = why or "fan_in — сколько чисел входит в один выход; fan_out — в сколько выходов входит одно число"
    for name, got, want in (("fan_in", answer[0], fan_in), ("fan_out", answer[1], fan_out)):
        check.close(got, want, rtol=0, atol=0, call=f"{call}: {name}", why=why)


def sizes(rng, count):
    """Разные числа от 3 до 11: перепутанные оси не спрячутся."""
    return [int(number) + 3 for number in torch.randperm(9, generator=rng)[:count]]


@pytest.mark.points("0.1")
def test_fans_linear(submission, rng):
    """fans: матрица полносвязного слоя

    У nn.Linear вес имеет форму (выходы, входы): fan_in — вторая ось, fan_out — первая.
    """
    check_fans(submission, (7, 3))
    check_fans(submission, tuple(sizes(rng, 2)))
    check_fans(submission, (1, sizes(rng, 1)[0]))


@pytest.mark.points("0.15")
def test_fans_conv(submission, rng):
    """fans: свёртки, одномерные, двумерные, трёхмерные

    Вес свёртки: (выходные каналы, входные каналы, ядро…). Один выход зависит от всех входных каналов во всех
    точках ядра, поэтому каналы умножаются на площадь ядра — произведение всех осей, кроме двух первых.
    """
    for axes in (4, 3, 5):
        check_fans(submission, tuple(sizes(rng, axes)))
    check_fans(submission, (6, 5, 1, 1))


@pytest.mark.hidden
@pytest.mark.points("0.05")
def test_fans_without_axes(submission, rng):
    """fans: у вектора и числа нет ни входов, ни выходов

    Смещение или γ нормализации — вектор: fan_in для него не определён. Вместо случайного ответа нужен ValueError.
    """
    check_fans(submission, tuple(sizes(rng, 4)))
    for shape in ((5,), ()):
        with submission.raises(ValueError, call=f"fans(w), w формы {shape}"):
            submission.call(probes.fans, torch.ones(shape, dtype=torch.float64))
