"""Градиенты: 0,2 балла."""

import probes
import pytest
import torch
from expected import moments, normalised, per_channel
from inputs import SHAPE, affine, images
from mistakes import of_eval_slope

from kafedra.testing import check

AXES = (0, 2, 3)


def oracle(function, *inputs):
    """Градиенты `function(*inputs)`, посчитанные autograd у нас."""
    leaves = [one.clone().requires_grad_() for one in inputs]
    return torch.autograd.grad(function(*leaves), leaves)


def answered(submission, rng, training):
    """Случайная задача и градиенты из песочницы по x, γ, β."""
    warm, x, upstream = images(rng), images(rng), torch.randn(SHAPE, generator=rng, dtype=torch.float64)
    gamma, beta = affine(rng)
    warm = 2 * warm + 1
    call = f"градиент в режиме {'обучения' if training else 'eval'}"
    answer = submission.call(probes.gradients, warm, x, upstream, gamma, beta, training)
    whole = isinstance(answer, tuple) and len(answer) == 3 and all(one is not None for one in answer)
    check.that(
        whole,
        f"{call}: градиент не доходит до x, γ или β\n"
        "похоже: ответ оторван от графа вычислений — .detach(), .data, numpy, torch.no_grad() вокруг всего forward",
    )
    return warm, x, upstream, gamma, beta, answer, call


def backward(x, gamma, upstream):
    """Градиент по формуле из условия, со статистиками батча x."""
    mean, var = moments(x)
    x_hat = normalised(x, mean, var)
    through_mean = upstream.mean(dim=AXES, keepdim=True)
    through_var = x_hat * (upstream * x_hat).mean(dim=AXES, keepdim=True)
    return per_channel(gamma / torch.sqrt(var + 1e-5)) * (upstream - through_mean - through_var)


@pytest.mark.points("0.08")
def test_gradient_input(submission, rng):
    """Градиент по входу: идёт и через среднее, и через дисперсию

    Каждое число батча влияет на среднее и дисперсию, а через них — на все ответы канала. Поэтому статистики нельзя
    отрывать от графа: no_grad и detach годятся только для накопленного. Слой может стоять в сети дважды, и рядом с
    ним — другой: в обратном проходе у каждого вызова свои статистики.
    """
    warm, x, upstream, gamma, beta, answer, call = answered(submission, rng, True)
    (expected,) = oracle(lambda z: (normalised(z, *moments(z), gamma, beta) * upstream).sum(), x)
    mean, var = moments(x)
    scale = per_channel(gamma / torch.sqrt(var + 1e-5))
    only_mean = upstream - upstream.mean(dim=AXES, keepdim=True)
    x_hat = normalised(x, mean, var)
    suspects = {
        "среднее и дисперсия оторваны от графа (detach, no_grad): градиент идёт мимо них": scale * upstream,
        "дисперсия оторвана от графа: градиент через неё потерян": scale * only_mean,
        "среднее оторвано от графа: градиент через него потерян": scale
        * (upstream - x_hat * (upstream * x_hat).mean(dim=AXES, keepdim=True)),
        "градиент всюду нулевой: ответ не зависит от x": torch.zeros_like(x),
        "backward берёт статистики последнего вызова, а не своего: место им в ctx, а не в self и не в классе": backward(
            warm, gamma, upstream
        ),
        "backward берёт статистики другого слоя того же класса: храните их в ctx, а не в классе": backward(
            warm, torch.ones_like(gamma), upstream
        ),
    }
    otherwise = "посчитайте ответ операциями torch, backward напишет autograd"
    check.close(answer[0], expected, call=f"{call} по x", inputs={"x": x}, suspects=suspects, otherwise=otherwise)


@pytest.mark.points("0.05")
def test_gradient_affine(submission, rng):
    """Градиент по γ и β

    У β это сумма пришедших градиентов по каналу, у γ — сумма пришедших, умноженных на x̂.
    """
    _, x, upstream, _, _, answer, call = answered(submission, rng, True)
    x_hat = normalised(x, *moments(x))
    for got, expected, name in (
        (answer[1], (upstream * x_hat).sum(dim=AXES), "γ"),
        (answer[2], upstream.sum(dim=AXES), "β"),
    ):
        suspects = {
            "вместо суммы взято среднее": expected / (x.numel() / x.shape[1]),
            "градиент нулевой: параметр не участвует в ответе": torch.zeros_like(expected),
        }
        otherwise = f"{name} должна быть nn.Parameter и входить в ответ сама, без .data"
        check.close(got, expected, call=f"{call} по {name}", inputs={"x": x}, suspects=suspects, otherwise=otherwise)


@pytest.mark.points("0.04")
def test_gradient_two_steps(submission, rng):
    """Накопленное не тянет за собой граф

    running_mean обновляют числами, а не узлами графа: под torch.no_grad() или через .detach(). Иначе граф каждого батча
    живёт в памяти до конца обучения, а обратный проход в eval пойдёт по графу, которого уже нет.
    """
    first, second = images(rng), images(rng)
    upstream = torch.randn(SHAPE, generator=rng, dtype=torch.float64)
    call = "два шага обучения подряд"
    gradient, tracked = check.parts(submission.call(probes.two_steps, first, second, upstream), 2, call=call)
    why = "оберните обновление накопленного в torch.no_grad()"
    check.equal(tracked, False, call=f"{call}: требуют ли буферы градиента", why=why)
    (expected,) = oracle(lambda z: (normalised(z, *moments(z)) * upstream).sum(), second)
    why = "сначала добейтесь верного градиента на одном батче: test_gradient_input"
    check.close(gradient, expected, call=f"{call}: градиент по второму батчу", inputs={"x": second}, why=why)


@pytest.mark.hidden
@pytest.mark.points("0.03")
def test_gradient_eval(submission, rng):
    """Градиент в eval: слой — просто прямая

    В eval среднее и дисперсия — постоянные, и производная равна γ / √(running_var + ε). γ и β учатся и здесь: так
    дообучают сеть с замороженными статистиками.
    """
    warm, x, upstream, gamma, _, answer, call = answered(submission, rng, False)
    mean, var = moments(warm, unbiased=True)
    mean, var = 0.1 * mean, 0.9 + 0.1 * var
    scale = per_channel(gamma / torch.sqrt(var + 1e-5))
    x_hat = normalised(x, mean, var)
    otherwise = "в eval статистики накопленные: градиент через них не идёт"
    suspects = of_eval_slope(var, gamma, upstream)
    expected, inputs = scale * upstream, {"x": x}
    check.close(answer[0], expected, call=f"{call} по x", inputs=inputs, suspects=suspects, otherwise=otherwise)
    check.close(answer[1], (upstream * x_hat).sum(dim=AXES), call=f"{call} по γ", inputs=inputs, why=otherwise)
    check.close(answer[2], upstream.sum(dim=AXES), call=f"{call} по β", inputs=inputs, why=otherwise)
