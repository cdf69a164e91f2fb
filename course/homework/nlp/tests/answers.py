"""Ответы из песочницы: там чужой код, поэтому прийти может что угодно."""

import torch

from kafedra.testing import check


def parts(answer, count, call, what=""):
    """Ответ из `count` частей: кортеж или список."""
    whole = isinstance(answer, tuple | list) and len(answer) == count
    check.that(whole, f"{call}: нужно вернуть {count} значения{what}, а вернулось {came(answer)}")
    return answer


def came(answer):
    """Что пришло вместо нужного."""
    if answer is None:
        return "None: не забыт ли return?"
    return f"{len(answer)}" if isinstance(answer, tuple | list) else type(answer).__name__


def same(answer, expected, *, call, inputs=None, suspects=None, why="", rtol=1e-8, atol=1e-10):
    """Ответ равен ожидаемому. Если он равен одному из `suspects`, первая строка сообщения называет эту ошибку."""
    if cause := recognised(answer, expected, suspects or {}):
        call, why = f"{call}: {cause}", ""
    check.close(answer, expected, rtol=rtol, atol=atol, call=call, inputs=inputs, why=why)


def recognised(answer, expected, suspects):
    """Какой из известных ошибок равен ответ; пустая строка, если никакой или если все числа верны."""
    if type(answer) is not torch.Tensor or alike(answer, expected):
        return ""
    return next((cause for cause, wrong in suspects.items() if alike(answer, wrong)), "")


def alike(one, other):
    if one.is_complex() or one.layout is not torch.strided:
        return False
    return one.shape == other.shape and torch.allclose(one.double(), other.double(), rtol=1e-6, atol=1e-9)


def moved(first, second, axes):
    """Наибольшая разница двух ответов вдоль осей `axes`."""
    return (first - second).abs().amax(axes)
