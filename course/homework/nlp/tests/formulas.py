"""Внимание, как его считает проверка, и как его считают с ошибкой."""

import math

import torch


def scores(q, k, scale=None):
    return q @ k.transpose(-2, -1) / (scale or math.sqrt(q.shape[-1]))


def weights(q, k, mask=None):
    """Softmax по разрешённым ключам; где нельзя никуда, там нули."""
    rated = scores(q, k)
    if mask is None:
        return rated.softmax(-1)
    blocked = ~mask.expand(rated.shape)
    return rated.masked_fill(blocked, torch.finfo(rated.dtype).min).softmax(-1).masked_fill(blocked, 0)


def slips(q, k, mask=None):
    """Веса с обычными ошибками: {что не так: веса}."""
    rated = scores(q, k)
    wrong = {
        "скалярные произведения не поделены на √d": scores(q, k, 1.0).softmax(-1),
        "скалярные произведения поделены на d, а не на √d": scores(q, k, q.shape[-1]).softmax(-1),
        "поделено на корень из числа ключей, а не из размера вектора": scores(q, k, math.sqrt(k.shape[-2])).softmax(-1),
        "softmax взят не по ключам, а по запросам": rated.softmax(-2),
        "это ещё не веса: softmax не взят": rated,
    }
    if mask is None:
        return wrong
    mask = mask.expand(rated.shape)
    cut = rated.softmax(-1) * mask
    return {
        "маска не действует": rated.softmax(-1),
        "маска понята наоборот: закрыто разрешённое": weights(q, k, ~mask),
        "оценки умножены на маску: ноль — не запрет, e⁰ = 1": (rated * mask).softmax(-1),
        "веса обнулены после softmax, и их сумма уже не единица": cut,
        "маска прибавлена как число: True — это +1, а не разрешение": (rated + mask).softmax(-1),
        **wrong,
        "при маске не поделено на √d": scores(q, k, 1.0).masked_fill(~mask, -math.inf).softmax(-1),
        "при маске softmax взят не по ключам, а по запросам": weights_over_queries(rated, mask),
    }


def weights_over_queries(rated, mask):
    return rated.masked_fill(~mask, torch.finfo(rated.dtype).min).softmax(-2).masked_fill(~mask, 0)


def numbers(shape, rng, dtype=torch.float64):
    return torch.randn(shape, generator=rng, dtype=torch.float64).to(dtype)


def allowed(shape, rng):
    """Случайная маска: в каждой строке есть и True, и False."""
    mask = torch.rand(shape, generator=rng) < 0.6
    mask[..., 0], mask[..., -1] = True, False
    return mask
