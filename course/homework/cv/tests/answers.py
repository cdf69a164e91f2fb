"""Ответы из песочницы: там чужой код, поэтому прийти может что угодно."""

import torch

from kafedra.testing import check


def parts(answer, count, call):
    """Ответ пробы из `count` частей."""
    whole = isinstance(answer, tuple) and len(answer) == count
    check.that(whole, f"{call}: проба вернула не {count} значения, а что-то другое")
    return answer


def likely_cause(answer, expected, suspects, otherwise, *, rtol=1e-6, atol=1e-6):
    """Объяснение того из неверных ответов, с которым совпал этот; если ни с каким — `otherwise`."""
    if type(answer) is not torch.Tensor or answer.dtype != expected.dtype:
        return otherwise
    for why, wrong in suspects.items():
        if answer.shape == wrong.shape and torch.allclose(answer.double(), wrong.double(), rtol=rtol, atol=atol):
            return why
    return otherwise


def check_floats(answer, shape, call, inputs=None):
    """Тензор из конечных чисел с плавающей точкой данной формы."""
    check.tensor(answer, shape=shape, call=call, inputs=inputs)
    check.that(answer.is_floating_point(), f"{call}: нужны числа с плавающей точкой, а пришли {answer.dtype}")
    check.that(bool(answer.isfinite().all()), f"{call}: в ответе NaN или бесконечность")


def percent(share):
    return f"{100 * share:.1f} %".replace(".", ",")


def listed(shares):
    return ", ".join(percent(share) for share in shares)
