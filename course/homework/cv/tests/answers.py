"""Ответы из песочницы: там чужой код, поэтому прийти может что угодно."""

import torch

from kafedra.testing import check


def parts(answer, count, call):
    """Ответ пробы из `count` частей."""
    whole = isinstance(answer, tuple) and len(answer) == count
    check.that(whole, f"{call}: проба вернула не {count} значения, а что-то другое")
    return answer


def same(answer, expected, *, call, suspects, otherwise, inputs=None, rtol=1e-8, atol=1e-10):
    """Ответ равен ожидаемому. Если он равен одному из `suspects`, первая строка сообщения называет эту ошибку."""
    cause = likely_cause(answer, expected, suspects)
    call, why = (f"{call}: {cause}", "") if cause else (call, otherwise)
    check.close(answer, expected, rtol=rtol, atol=atol, call=call, inputs=inputs, why=why)


def likely_cause(answer, expected, suspects):
    """Какой из неверных ответов пришёл; пустая строка, если ни один или если все числа верны."""
    if type(answer) is not torch.Tensor or alike(answer, expected):
        return ""
    return next((cause for cause, wrong in suspects.items() if alike(answer, wrong)), "")


def alike(one, other):
    if one.is_complex() or one.layout is not torch.strided:
        return False
    return one.shape == other.shape and torch.allclose(one.double(), other.double(), rtol=1e-4, atol=1e-4)


def check_floats(answer, shape, call, inputs=None, why=""):
    """Тензор из конечных чисел с плавающей точкой данной формы."""
    check.tensor(answer, shape=shape, call=call, inputs=inputs, why=why)
    check.that(answer.is_floating_point(), f"{call}: нужны числа с плавающей точкой, а пришли {answer.dtype}")
    check.that(bool(answer.isfinite().all()), f"{call}: в ответе NaN или бесконечность")


def listed(shares):
    return ", ".join(check.percent(share) for share in shares)
