"""Ответы из песочницы: там чужой код, поэтому прийти может что угодно."""

import torch

from kafedra.testing import check


def parts(answer, count, call, what=""):
    """Ответ из `count` частей: кортеж или список."""
    whole = isinstance(answer, tuple | list) and len(answer) == count
    check.that(whole, f"{call}: нужно вернуть {count} значения{what}, а вернулось что-то другое")
    return answer


def same(answer, expected, *, call, inputs=None, suspects=None, why="", rtol=1e-8, atol=1e-10):
    """Ответ равен ожидаемому. Если он равен одному из `suspects`, первая строка сообщения называет эту ошибку."""
    if cause := recognised(answer, suspects or {}):
        call = f"{call}: {cause}"
    check.close(answer, expected, rtol=rtol, atol=atol, call=call, inputs=inputs, why=why)


def recognised(answer, suspects):
    """Какой из известных ошибок равен ответ; пустая строка, если никакой."""
    if type(answer) is not torch.Tensor or answer.is_complex():
        return ""
    for cause, wrong in suspects.items():
        if answer.shape == wrong.shape and torch.allclose(answer.double(), wrong.double(), rtol=1e-6, atol=1e-9):
            return cause
    return ""


def moved(first, second, axes):
    """Наибольшая разница двух ответов вдоль осей `axes`."""
    return (first - second).abs().amax(axes)
