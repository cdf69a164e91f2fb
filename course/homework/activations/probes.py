"""Как проверка вызывает ваш код: здесь всё, что она с ним делает.

Проверка передаёт сюда тензоры и получает обратно тензоры; сравнивает она сама, в другом процессе.
Слой — это класс: `MyReLU()` создаёт его, `MyReLU()(x)` применяет. Годится и `nn.Module`, и обычный класс
с методом `__call__` или `forward`, и функция, которая возвращает функцию.
"""

import torch
from torch import nn


def _layer(student, name, options):
    layer = student[name](**options)
    return layer if callable(layer) else layer.forward


def forward(student, name, x, **options):
    """`MyReLU()(x)`"""
    return _layer(student, name, options)(x)


def side_effects(student, name, x, **options):
    """Ответ, вход после вызова и сколько раз его изменили на месте."""
    version = x._version
    y = _layer(student, name, options)(x)
    return y, x, x._version - version


def take_turns(student, name, x, first, second):
    """Два слоя с разными параметрами живут рядом: первый, второй, снова первый."""
    one, two = _layer(student, name, first), _layer(student, name, second)
    return one(x), two(x), one(x)


def reused(student, name, first, second, **options):
    """Один слой применён к двум тензорам подряд, потом переключён в режим применения и снова встретил первый."""
    layer = student[name](**options)
    apply = layer if callable(layer) else layer.forward
    one, two = apply(first), apply(second)
    if isinstance(layer, nn.Module):
        layer.eval()
    return one, two, apply(first)


def gradient(student, name, x, upstream, **options):
    """Слой и рядом с ним прямая связь, как в остаточном блоке: `((other + layer(x)) * upstream).sum()`.

    Градиент по x (None, если до x он не доходит) и по other: второй должен быть равен upstream.
    """
    x.requires_grad_()
    other = torch.zeros_like(x).requires_grad_()
    bypass = other * 1
    y = _layer(student, name, options)(x)
    if not isinstance(y, torch.Tensor) or not y.requires_grad:
        return None, upstream
    ((bypass + y) * upstream).sum().backward()
    return x.grad, other.grad
