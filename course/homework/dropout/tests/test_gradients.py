"""Градиенты: 0,2 балла."""

import probes
import pytest
import torch
from answers import check_both_kinds, gradient_of, mask_of, parts, scaled, untouched
from inputs import number, values

from kafedra.testing import check


def weights(shape, rng):
    """Градиент, который приходит сверху: разный для разных элементов, без нулей."""
    return 0.5 + torch.rand(shape, generator=rng, dtype=torch.float64)


def check_masked_gradient(gradient, upstream, kept, p, *, x, call, factor=1.0):
    """Градиент прошёл через ту же маску и тот же множитель, что и значения."""
    expected = factor * scaled(upstream, kept, p)
    why = "градиент умножается на ту же маску и на тот же множитель 1/(1 − p), что и вход"
    if torch.allclose(gradient, factor * upstream):
        why = "градиент прошёл мимо маски: forward что-то обнуляет, а производная всюду 1"
    elif torch.allclose(gradient, torch.where(kept, factor * upstream, 0.0)):
        why = "градиент прошёл через маску, но не умножен на 1/(1 − p)"
    elif not torch.equal(gradient != 0, kept):
        why = "в обратном проходе другая маска: она должна быть той же, что в прямом проходе этого же вызова"
    check.close(gradient, expected, call=f"градиент {call}", inputs={"x": x}, why=why)


@pytest.mark.points("0.1")
def test_gradient(submission, rng):
    """Градиент идёт через ту же маску, что и значения

    Там, где элемент обнулён, градиент ноль; где оставлен — градиент сверху, делённый на 1 − p. Слой может стоять в
    сети дважды: у каждого вызова своя маска, и в обратном проходе тоже.
    """
    for p in (0.5, number(0.2, 0.4, rng), number(0.6, 0.8, rng)):
        x = values((8, 15), rng)
        upstream = weights(x.shape, rng)
        call = f"DropoutLayer(p={p:.3g})(x)"
        y, gradient, bypass = parts(submission.call(probes.gradient, x, upstream, p), 3, call)
        kept = mask_of(y, x, p, call=call)
        check_both_kinds(kept, call)
        check_masked_gradient(gradient_of(gradient, call, x), upstream, kept, p, x=x, call=call)
        untouched(bypass, upstream, call)


@pytest.mark.points("0.04")
def test_gradient_modes(submission, rng):
    """В режиме применения градиент проходит без изменений

    А в режиме обучения — через маску.
    """
    x, p = values((8, 15), rng), number(0.3, 0.7, rng)
    upstream = weights(x.shape, rng)
    call = f"DropoutLayer(p={p:.3g})(x) после .eval()"
    _, gradient, _ = parts(submission.call(probes.gradient, x, upstream, p, mode="eval"), 3, call)
    why = "в режиме применения слой возвращает вход, и производная равна 1"
    check.close(gradient_of(gradient, call, x), upstream, call=f"градиент {call}", inputs={"x": x}, why=why)
    call = f"DropoutLayer(p={p:.3g})(x) после .train()"
    y, gradient, _ = parts(submission.call(probes.gradient, x, upstream, p), 3, call)
    kept = mask_of(y, x, p, call=call)
    check_both_kinds(kept, call)
    check_masked_gradient(gradient_of(gradient, call, x), upstream, kept, p, x=x, call=call)


@pytest.mark.hidden
@pytest.mark.points("0.03")
def test_gradient_edges(submission, rng):
    """Градиент при p = 0 и p = 1

    При p = 1 градиент нулевой или его нет вовсе, но никогда не NaN; при p = 0 проходит без изменений.
    """
    x = values((6, 7), rng)
    upstream = weights(x.shape, rng)
    call = "DropoutLayer(p=1.0)(x)"
    y, gradient, _ = parts(submission.call(probes.gradient, x, upstream, 1.0), 3, call)
    check.close(y, torch.zeros_like(x), call=call, inputs={"x": x}, why="при p = 1 обнуляется всё")
    if gradient is not None:
        why = "при p = 1 ответ от x не зависит; NaN берётся из ∞·0"
        check.close(gradient, torch.zeros_like(x), call=f"градиент {call}", inputs={"x": x}, why=why)
    call = "DropoutLayer(p=0.0)(x)"
    _, gradient, _ = parts(submission.call(probes.gradient, x, upstream, 0.0), 3, call)
    why = "при p = 0 слой возвращает вход, и производная равна 1"
    check.close(gradient_of(gradient, call, x), upstream, call=f"градиент {call}", inputs={"x": x}, why=why)


@pytest.mark.hidden
@pytest.mark.points("0.03")
def test_gradient_in_place(submission, rng):
    """Градиент при inplace=True

    Слой пишет прямо во вход, но autograd видит это и считает верно: хватит операций с чертой, x.mul_(...). Запись
    через x.data или под torch.no_grad() от него прячется.
    """
    x, p = values((8, 15), rng), number(0.3, 0.7, rng)
    upstream = weights(x.shape, rng)
    call = f"DropoutLayer(p={p:.3g}, inplace=True)(3 * x)"
    y, gradient = parts(submission.call(probes.gradient_in_place, x, upstream, p), 2, call)
    kept = mask_of(y, 3 * x, p, call=call)
    check_both_kinds(kept, call)
    check_masked_gradient(gradient_of(gradient, call, x), upstream, kept, p, x=x, call=call, factor=3.0)
