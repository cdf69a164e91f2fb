"""Как проверка вызывает ваш код: здесь всё, что она с ним делает.

Проверка передаёт сюда тензоры и получает обратно тензоры; сравнивает она сама, в другом процессе.
Слой — это класс: `MyReLU()` создаёт его, `MyReLU()(x)` применяет. Годится и `nn.Module`, и обычный класс
с методом `__call__` или `forward`, и функция, которая возвращает функцию.
"""

import torch


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


def gradient(student, name, x, upstream, **options):
    """Градиент `(layer(x) * upstream).sum()` по x; None, если до x он не доходит."""
    x.requires_grad_()
    y = _layer(student, name, options)(x)
    if not isinstance(y, torch.Tensor) or not y.requires_grad:
        return None
    (y * upstream).sum().backward()
    return x.grad
