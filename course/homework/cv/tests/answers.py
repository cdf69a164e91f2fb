"""Ответы из песочницы: там чужой код, поэтому прийти может что угодно."""

from kafedra.testing import check


def check_floats(answer, shape, call, inputs=None, why=""):
    """Тензор из конечных чисел с плавающей точкой данной формы."""
    check.tensor(answer, shape=shape, call=call, inputs=inputs, why=why)
    check.that(answer.is_floating_point(), f"{call}: нужны числа с плавающей точкой, а пришли {answer.dtype}")
    check.that(bool(answer.isfinite().all()), f"{call}: в ответе NaN или бесконечность")


def listed(shares):
    return ", ".join(check.percent(share) for share in shares)
