"""Как проверка вызывает ваш код: здесь всё, что она с ним делает.

Проверка передаёт сюда тензоры и получает обратно тензоры; сравнивает она сама, в другом процессе.
Слой — это класс: `MyReLU()` создаёт его, `MyReLU()(x)` применяет. Годится и `nn.Module`, и обычный класс
с методом `__call__` или `forward`, и функция, которая возвращает функцию.
"""

from torch import nn

from kafedra.testing import probing


def _layer(student, name, options):
    layer = student[name](**options)
    return layer if callable(layer) else layer.forward


def forward(student, name, x, **options):
    """`MyReLU()(x)`"""
    return _layer(student, name, options)(x)


def watched(student, name, x, **options):
    """Ответ, вход после вызова и сколько раз его изменили на месте."""
    return probing.watched(_layer(student, name, options), x)


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


def trainable(student, name, **options):
    """Сколько в слое обучаемых чисел."""
    layer = student[name](**options)
    return sum(parameter.numel() for parameter in layer.parameters()) if isinstance(layer, nn.Module) else 0


def gradient(student, name, x, upstream, other, **options):
    """Слой и рядом с ним прямая связь, как в остаточном блоке: `((y + layer(x)) * upstream).sum()`.

    Ответ слоя, градиент по x (None, если до x он не доходит) и по y: последний должен быть равен upstream. До
    обратного прохода к −x применяют этот же слой и ещё один, с параметрами `other`: в сети они стоят рядом.
    """
    layer, neighbour = _layer(student, name, options), _layer(student, name, other)
    opposite = -x
    return probing.gradient(layer, x, upstream, meanwhile=lambda: (layer(opposite), neighbour(opposite)))
