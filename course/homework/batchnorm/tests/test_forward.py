"""Прямой проход в режиме обучения: 0,3 балла."""

import probes
import pytest
import torch
from expected import moments, normalised
from inputs import affine, images
from mistakes import SQUARES, of_training

from kafedra.testing import check

OTHERWISE = "x̂ = (x − mean) / √(var + ε), ответ γ·x̂ + β; mean и var — по осям (0, 2, 3), свои у каждого канала"


def check_forward(
    submission, x, gamma=None, beta=None, *, rtol=1e-8, atol=1e-10, title="", otherwise=OTHERWISE, **options
):
    """Ответ в режиме обучения; вход не тронут."""
    shown = ", ".join(f"{key}={value}" for key, value in options.items())
    call = f"{title or 'обучение'}: BatchNorm2dLayer({', '.join(filter(None, [str(x.shape[1]), shown]))})(x)"
    y = check.untouched(submission.call(probes.forward, x, gamma, beta, **options), x, call=call)
    eps = options.get("eps", 1e-5)
    suspects, expected = of_training(x, gamma, beta, eps), normalised(x, *moments(x), gamma, beta, eps)
    how = {"suspects": suspects, "otherwise": otherwise}
    check.close(y, expected, rtol=rtol, atol=atol, call=call, inputs={"x": x}, **how)


@pytest.mark.points("0.1")
def test_forward_train(submission, rng):
    """Обучение: у каждого канала среднее 0, дисперсия 1

    Среднее и смещённая дисперсия (деление на n) считаются по осям (0, 2, 3), ε — внутри корня.
    """
    for shape in ((6, 4, 5, 3), (2, 3, 2, 2), (7, 5, 1, 1), (1, 2, 4, 6)):
        check_forward(submission, images(rng, shape))


@pytest.mark.points("0.08")
def test_forward_affine(submission, rng):
    """Обучение: γ и β, по числу на канал

    Ответ — γ·x̂ + β. γ и β — это nn.Parameter из num_features чисел, вначале единицы и нули. При affine=False их нет.
    """
    x = images(rng)
    check_forward(submission, x, *affine(rng))
    check_forward(submission, x, affine=False)
    for option, expected, why in (
        (True, 8, "γ и β — nn.Parameter, когда affine=True; накопленное — буферы"),
        (False, 0, "параметр affine не используется: при affine=False нет ни γ, ни β"),
    ):
        call = f"BatchNorm2dLayer(4, affine={option}): сколько обучаемых чисел"
        count, _ = check.parts(submission.call(probes.parameter_count, 4, affine=option), 2, call=call)
        check.equal(count, expected, call=call, why=why)


@pytest.mark.points("0.06")
def test_forward_any_tensor(submission, rng):
    """Обучение: любой тензор и float32, вход не меняется

    Транспонированный, прореженный, channels_last тензор — слою всё равно. float32 остаётся float32.
    """
    wide = images(rng, (5, 6, 4, 8))
    check_forward(submission, wide.transpose(2, 3), title="транспонированный")
    check_forward(submission, wide[:, :, ::2, 1::3], title="прореженный")
    check_forward(submission, wide.contiguous(memory_format=torch.channels_last), title="channels_last")
    x = images(rng, dtype=torch.float32)
    check_forward(submission, x, *affine(rng, dtype=torch.float32), rtol=1e-4, atol=1e-5, title="float32")


@pytest.mark.hidden
@pytest.mark.points("0.06")
def test_forward_eps_and_offset(submission, rng):
    """Обучение: ε внутри корня, и большое среднее не съедает цифры

    ε приходит в __init__ и прибавляется к дисперсии до корня: когда дисперсия мала, это видно. Если же среднее велико,
    то E[x²] − (E[x])² — разность двух огромных близких чисел, и цифры пропадают: считайте средний квадрат отклонений.
    """
    gamma, beta = affine(rng)
    check_forward(submission, 0.01 * images(rng), gamma, beta, eps=1e-3, title="малая дисперсия")
    check_forward(submission, images(rng), gamma, beta, eps=0.5, title="большое ε")
    constant = images(rng)
    constant[:, 1] = 2.5
    check_forward(submission, constant, gamma, beta, title="постоянный канал")
    # Сами числа округлены до 10⁵·2⁻⁵³ ≈ 10⁻¹¹; у разности квадратов ошибка дисперсии 10¹⁰·2⁻⁵³ ≈ 10⁻⁶.
    far = 1e5 + images(rng)
    check_forward(submission, far, gamma, beta, rtol=1e-8, atol=1e-8, title="среднее 10⁵", otherwise=SQUARES)
