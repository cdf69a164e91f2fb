"""Нормализация по батчу: 0,2 балла."""

import numpy as np
import probes
import pytest
from expected import EPS, batchnorm, batchnorm_gradients
from inputs import LAYOUTS, channels, numbers
from mistakes import SPOILT, of_beta, of_gamma, of_normalisation, of_normalised_input

from kafedra.testing import check

ABOVE = "обратный проход изменил g или входы: они нужны и другим; пишите в новый массив"
PARTS = "batchnorm_backward возвращает три градиента: по x, по γ и по β, в этом порядке"
OTHERWISE = "γ·(x − μ) / √(σ² + ε) + β; μ и σ² — по axis=0"
SQUARES = "это E[x²] − (E[x])²: при большом среднем цифры пропадают; считайте средний квадрат отклонений"
EXACT = {"rtol": 1e-8, "atol": 1e-10}
BATCHNORM_PASSES = ("batchnorm_forward", "batchnorm_backward")


def check_forward(submission, inputs, *, title="", near=None, otherwise=OTHERWISE, **options):
    call = f"{title and title + ': '}batchnorm_forward(x, gamma, beta{_eps(options)})"
    report = submission.call(probes.forward, "batchnorm_forward", *inputs, **options)
    y = check.untouched(report, *inputs, call=call)
    eps = options.get("eps", EPS)
    how = {"suspects": of_normalisation(*inputs, eps), "otherwise": otherwise}
    check.close(y, batchnorm(*inputs, eps), **(near or EXACT), call=call, inputs={"x": inputs[0]}, **how)


def gradients(submission, g, inputs, others=(), *, title="", **options):
    """Три градиента нормализации; g и входы не тронуты."""
    call = f"{title and title + ': '}batchnorm_backward(g, cache)"
    report = submission.call(probes.backward, BATCHNORM_PASSES, g, inputs, others, **options)
    answer = check.untouched(report, g, *inputs, call=call, why=ABOVE)
    return check.parts(answer, 3, call=call, why=PARTS), call


def _eps(options):
    return f", eps={options['eps']:g}" if "eps" in options else ""


def check_input(submission, g, inputs, others, *, title="", near=None, **options):
    x, gamma, _ = inputs
    eps = options.get("eps", EPS)
    answer, call = gradients(submission, g, inputs, others, title=title, **options)
    suspects = of_normalised_input(g, x, gamma, eps, others)
    how = {"suspects": suspects, "otherwise": "к x ведут три пути: прямой, через μ и через σ²; сложите их"}
    expected = batchnorm_gradients(g, *inputs, eps)[0]
    check.close(answer[0], expected, **(near or EXACT), call=f"{call}: по x", inputs={"x": x, "g": g}, **how)
    return answer, call


@pytest.mark.points("0.05")
def test_batchnorm_forward(submission, numpy_rng):
    """Нормализация: γ·x̂ + β

    Среднее и смещённая дисперсия (деление на B) — у каждого признака свои, по axis=0; ε — внутри корня.
    """
    for batch, width in ((7, 4), (2, 3), (5, 5)):
        check_forward(submission, channels(numpy_rng, batch, width))
    check_forward(submission, channels(numpy_rng), eps=0.5)


@pytest.mark.points("0.08")
def test_batchnorm_backward_input(submission, numpy_rng):
    """Градиент нормализации по x: три пути

    Каждое число батча влияет на ответы прямо, через среднее и через дисперсию. Вклады путей складываются.
    """
    for batch, width in ((7, 4), (5, 5)):
        inputs, others = channels(numpy_rng, batch, width), channels(numpy_rng, batch, width)
        check_input(submission, numbers(numpy_rng, batch, width), inputs, others)


@pytest.mark.points("0.03")
def test_batchnorm_backward_parameters(submission, numpy_rng):
    """Градиент нормализации по γ и β

    γ и β — как вес и смещение: использованы у каждого примера, и вклады складываются. Формы — как у них, (m,).
    """
    inputs, others = channels(numpy_rng), channels(numpy_rng)
    x, gamma, _ = inputs
    g = numbers(numpy_rng, *x.shape)
    answer, call = gradients(submission, g, inputs, others)
    right = batchnorm_gradients(g, *inputs)
    for number, name, suspects, otherwise in (
        (1, "γ", of_gamma(g, x, inputs, right, answer[2]), "γ умножают на x̂ у каждого примера: вклады складываются"),
        (2, "β", of_beta(x, gamma, right), "β прибавляют у каждого примера: вклады складываются"),
    ):
        how = {"suspects": suspects, "otherwise": otherwise}
        where = f"{call}: по {name}"
        check.array(answer[number], shape=gamma.shape, call=where, why=f"{otherwise}, форма (m,)")
        check.close(answer[number], right[number], **EXACT, call=where, inputs={"g": g}, **how)


@pytest.mark.hidden
@pytest.mark.points("0.04")
def test_batchnorm_any_array(submission, numpy_rng):
    """Нормализация: ε, постоянный признак, float32, второй обратный проход

    ε одно в обоих проходах: когда разброс мал, это видно. Постоянный признак или батч из одного примера — не деление на
    ноль. float32 остаётся float32. Обратный проход можно позвать дважды с тем же cache.
    """
    inputs, others = channels(numpy_rng), channels(numpy_rng)
    g = numbers(numpy_rng, *inputs[0].shape)
    for memory, title in LAYOUTS.items():
        check_forward(submission, inputs, memory=memory, title=title)
    quiet = (0.01 * inputs[0], *inputs[1:])
    check_forward(submission, quiet, eps=1e-3, title="малый разброс")
    check_input(submission, g, quiet, others, eps=1e-3, title="малый разброс")
    constant = inputs[0].copy()
    constant[:, 1] = 2.5
    check_forward(submission, (constant, *inputs[1:]), title="постоянный признак")
    check_input(submission, g, (constant, *inputs[1:]), others, title="постоянный признак")
    lonely = channels(numpy_rng, batch=1)
    check_forward(submission, lonely, title="батч из одного примера")
    check_input(submission, g[:1], lonely, lonely, title="батч из одного примера")
    # Сами числа округлены до 10⁵·2⁻⁵³ ≈ 10⁻¹¹; у разности квадратов ошибка дисперсии 10¹⁰·2⁻⁵³ ≈ 10⁻⁶.
    far, near = (1e5 + inputs[0], *inputs[1:]), {"rtol": 1e-7, "atol": 1e-8}
    check_forward(submission, far, title="среднее 10⁵", near=near, otherwise=SQUARES)
    single = channels(numpy_rng, dtype=np.float32)
    near = {"rtol": 1e-3, "atol": 1e-4}
    check_forward(submission, single, title="float32", near=near)
    check_input(submission, g.astype(np.float32), single, single, title="float32", near=near)
    answer, call = gradients(submission, g, inputs, others, title="вызвано дважды", times=2)
    check.close(list(answer), list(batchnorm_gradients(g, *inputs)), **EXACT, call=call, inputs={"g": g}, why=SPOILT)
