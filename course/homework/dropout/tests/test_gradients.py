"""Градиенты: 0,2 балла."""

import math

import probes
import pytest
import torch
from chance import SIGMAS
from expected import scaled
from inputs import after_relu, number, values, weights
from mistakes import check_both_kinds, mask_of, of_gradient

from kafedra.testing import check

GUESSED = "маска узнана по ответу (y != 0), а нулевой вход даёт нулевой ответ и тогда, когда оставлен: запомните маску"
OTHERWISE = "градиент умножается на ту же маску и на тот же множитель 1/(1 − p), что и вход"


def check_masked(gradient, upstream, kept, p, *, x, call):
    """Градиент прошёл через ту же маску и тот же множитель, что и значения."""
    expected, suspects = scaled(upstream, kept, p), of_gradient(upstream, kept)
    call = f"градиент {call}"
    check.close(gradient, expected, call=call, inputs={"x": x}, suspects=suspects, otherwise=OTHERWISE)


def check_zeros(submission, rng, p):
    """У нулевых входов, каких после ReLU половина, градиент есть: маска узнаётся не по нулям ответа."""
    x = after_relu((60, 50), rng)
    upstream = weights(x.shape, rng)
    call = f"DropoutLayer(p={p:.3g})(x), половина x — нули, как после ReLU"
    _, gradient = check.gradient(submission.call(probes.gradient, x, upstream, p), x, upstream, call=call)
    zeros = x == 0
    kept = gradient[zeros] != 0
    expected = scaled(upstream[zeros], kept, p)
    check.close(gradient[zeros], expected, call=f"градиент {call}: где вход — ноль", why=OTHERWISE)
    margin = SIGMAS * math.sqrt(p * (1 - p) / kept.numel())
    share, why = kept.double().mean().item(), ""
    if share == 0:
        why = GUESSED
    elif abs(share - p) <= margin:
        why = "обнулена доля 1 − p: перепутано, что обнулять и что оставлять"
    what = "доля нулевых входов, до которых градиент дошёл,"
    check.within(share, 1 - p - margin, 1 - p + margin, call=call, what=what, why=why)


@pytest.mark.points("0.1")
def test_gradient(submission, rng):
    """Градиент идёт через ту же маску, что и значения

    Там, где элемент обнулён, градиент ноль; где оставлен — градиент сверху, делённый на 1 − p, и у нулевых входов тоже:
    после ReLU их половина. Слой может стоять в сети дважды: у каждого вызова своя маска, и в обратном проходе тоже.
    """
    for p in (0.5, number(0.2, 0.4, rng), number(0.6, 0.8, rng)):
        x = values((8, 15), rng)
        upstream = weights(x.shape, rng)
        call = f"DropoutLayer(p={p:.3g})(x)"
        y, gradient = check.gradient(submission.call(probes.gradient, x, upstream, p), x, upstream, call=call)
        kept = mask_of(y, x, p, call=call)
        check_both_kinds(kept, call)
        check_masked(gradient, upstream, kept, p, x=x, call=call)
        check_zeros(submission, rng, p)


@pytest.mark.points("0.04")
def test_gradient_modes(submission, rng):
    """В режиме применения градиент проходит без изменений

    А в режиме обучения — через маску.
    """
    x, p = values((8, 15), rng), number(0.3, 0.7, rng)
    upstream = weights(x.shape, rng)
    call = f"DropoutLayer(p={p:.3g})(x) после .eval()"
    report = submission.call(probes.gradient, x, upstream, p, mode="eval")
    _, gradient = check.gradient(report, x, upstream, call=call)
    why = "в режиме применения слой возвращает вход, и производная равна 1"
    check.close(gradient, upstream, call=f"градиент {call}", inputs={"x": x}, why=why)
    call = f"DropoutLayer(p={p:.3g})(x) после .train()"
    y, gradient = check.gradient(submission.call(probes.gradient, x, upstream, p), x, upstream, call=call)
    kept = mask_of(y, x, p, call=call)
    check_both_kinds(kept, call)
    check_masked(gradient, upstream, kept, p, x=x, call=call)


@pytest.mark.hidden
@pytest.mark.points("0.03")
def test_gradient_edges(submission, rng):
    """Градиент при p = 0 и p = 1

    При p = 1 градиент нулевой или его нет вовсе, но никогда не NaN; при p = 0 проходит без изменений.
    """
    x = values((6, 7), rng)
    upstream = weights(x.shape, rng)
    call = "DropoutLayer(p=1.0)(x)"
    report = submission.call(probes.gradient, x, upstream, 1.0)
    y, gradient = check.gradient(report, x, upstream, call=call, required=False)
    check.close(y, torch.zeros_like(x), call=call, inputs={"x": x}, why="при p = 1 обнуляется всё")
    if gradient is not None:
        why = "при p = 1 ответ от x не зависит; NaN берётся из ∞·0"
        check.close(gradient, torch.zeros_like(x), call=f"градиент {call}", inputs={"x": x}, why=why)
    call = "DropoutLayer(p=0.0)(x)"
    _, gradient = check.gradient(submission.call(probes.gradient, x, upstream, 0.0), x, upstream, call=call)
    why = "при p = 0 слой возвращает вход, и производная равна 1"
    check.close(gradient, upstream, call=f"градиент {call}", inputs={"x": x}, why=why)


@pytest.mark.hidden
@pytest.mark.points("0.03")
def test_gradient_in_place(submission, rng):
    """Градиент при inplace=True

    Слой пишет прямо во вход, но autograd видит это и считает верно: хватит методов с подчёркиванием, x.mul_(...).
    Запись через x.data или под torch.no_grad() от него прячется.
    """
    x, p = values((8, 15), rng), number(0.3, 0.7, rng)
    upstream = weights(x.shape, rng)
    call = f"DropoutLayer(p={p:.3g}, inplace=True)(3 * x)"
    report = submission.call(probes.gradient_in_place, x, upstream, p)
    y, gradient = check.gradient(report, x, upstream, call=call)
    kept = mask_of(y, 3 * x, p, call=call)
    check_both_kinds(kept, call)
    check_masked(gradient, 3 * upstream, kept, p, x=x, call=call)
