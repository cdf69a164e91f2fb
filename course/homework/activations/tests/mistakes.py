"""Обычные ошибки: что они дают и как их узнать."""

import torch
from expected import slope

from kafedra.testing import check

# float32 хранит семь значащих цифр, float64 — шестнадцать
TOLERANCES = {torch.float64: {"rtol": 1e-8, "atol": 1e-15}, torch.float32: {"rtol": 1e-5, "atol": 1e-6}}

STATE = "слой помнит прошлый вызов или ведёт себя по-разному в train и eval, а ответ зависит только от x"


def call_of(name, **options):
    """Как записать вызов в сообщении: `MyELU(alpha=0.7)(x)`."""
    return f"{name}({', '.join(f'{key}={number:.3g}' for key, number in options.items())})(x)"


def ignored(function, name, x, options):
    """Что вышло бы, если не смотреть на параметры слоя; function — value или slope."""
    why = f"параметр {', '.join(options)} не используется: посчитано со значением по умолчанию"
    return {why: function(name, x)} if options else {}


def of_elu(x, alpha=1.0):
    """Значения ELU, которые даёт перепутанная alpha."""
    return {
        "посчитано alpha·eˣ − 1: на alpha умножается вся скобка": torch.where(
            x > 0, x, alpha * torch.exp(x.clamp(max=0)) - 1
        ),
        "на alpha умножена и правая ветвь": torch.where(x > 0, alpha * x, alpha * torch.expm1(x.clamp(max=0))),
        "показатель поделён на alpha: это CELU": torch.where(x > 0, x, alpha * torch.expm1(x.clamp(max=0) / alpha)),
    }


def of_elu_slope(x, alpha=1.0):
    """То же для производной."""
    left = torch.exp(x.clamp(max=0))
    return {
        "на alpha умножена и правая ветвь": torch.where(x > 0, alpha, alpha * left),
        "показатель поделён на alpha: это CELU": torch.where(x > 0, 1.0, torch.exp(x.clamp(max=0) / alpha)),
    }


def of_gradient(name, x, upstream, options, other):
    """Градиенты, которые дают обычные ошибки."""
    factor = slope(name, x, **options)
    suspects = {
        "производная посчитана, но не умножена на пришедший сверху градиент": factor,
        "производная всюду равна 1: так ведёт себя функция, которая возвращает вход": upstream,
        "градиент всюду нулевой: ответ не зависит от x через операции torch": torch.zeros_like(x),
        "слева от нуля градиент потерян": torch.where(x > 0, factor * upstream, 0.0),
        "backward помнит последний вход слоя, а не тот, для которого его вызвали: храните нужное в ctx, а не в self": (
            slope(name, -x, **options) * upstream
        ),
        "backward помнит вход другого слоя того же класса: храните нужное в ctx, а не в классе": (
            slope(name, -x, **other) * upstream
        ),
        "в backward взят параметр другого слоя того же класса: передайте его через ctx, а не через класс": (
            slope(name, x, **other) * upstream
        ),
    }
    factors = ignored(slope, name, x, options) | (of_elu_slope(x, **options) if name == "MyELU" else {})
    return suspects | {why: wrong * upstream for why, wrong in factors.items()}


def at_large(x, expected, if_nan, suspects):
    """Ошибки на больших числах; та, что видна уже при |x| ≤ 1, с величиной x не связана."""
    near = x.abs() <= 1
    return {
        if_nan: check.has_nan,
        **suspects,
        "неверна сама формула, ошибка видна и при |x| ≤ 1: начните с тестов на обычных числах": (
            lambda y: not torch.allclose(y[near], expected[near], rtol=1e-5, atol=1e-6)
        ),
    }


def in_zero(got):
    """Почему производная сигмоиды в нуле — не 1/4, хотя везде кругом верна."""
    known = {
        0.0: "не через |x| ли она посчитана? У модуля в нуле производная 0, а у сигмоиды там 1/4",
        0.5: "два clamp, слева и справа, встречаются в нуле, и производная там у обоих 1: вышло вдвое больше, чем 1/4",
    }
    return known.get(got, "неверна производная в одной точке, x = 0: там 1/4")
