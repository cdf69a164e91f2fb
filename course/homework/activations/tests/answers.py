"""Ответы из песочницы: там чужой код, поэтому прийти может что угодно."""

import torch

from kafedra.testing import check

ROUNDED = (
    "точность как у float32. Он появляется из .float(), из torch.tensor(0.01) и из маски, умноженной на число: "
    "вместо (x <= 0) * 0.01 * x напишите 0.01 * x * (x <= 0)"
)


def parts(answer, count, call):
    """Ответ пробы из `count` частей."""
    whole = isinstance(answer, tuple) and len(answer) == count
    check.that(whole, f"{call}: проба вернула не {count} значения, а что-то другое")
    return answer


def gradient_of(answer, call, x):
    """Градиент, который дошёл до входа; объясняет, если не дошёл."""
    check.that(
        answer is not None,
        f"{call}: градиент не доходит до входа x формы {tuple(x.shape)}\n"
        "похоже: ответ оторван от графа вычислений — .detach(), .data, numpy, torch.no_grad() "
        "или torch.tensor(...) внутри forward",
    )
    check.tensor(answer, shape=x.shape, dtype=x.dtype, call=f"градиент {call}", inputs={"x": x})
    return answer


def looks_like(answer, x):
    """Тензор ли это той же формы и того же типа, что x."""
    return type(answer) is torch.Tensor and answer.shape == x.shape and answer.dtype == x.dtype


def has_nan(answer):
    """Есть ли в ответе NaN; у того, что не тензор, — нет."""
    return type(answer) is torch.Tensor and bool(answer.isnan().any())


def likely_cause(answer, expected, suspects, otherwise):
    """Объяснение того из неверных ответов, с которым совпал этот; если ни с каким — `otherwise`."""
    if not looks_like(answer, expected) or answer.numel() == 0:
        return otherwise
    if torch.allclose(answer, expected, rtol=1e-6, atol=0):
        return ROUNDED
    for why, wrong in suspects.items():
        if torch.allclose(answer, wrong, rtol=1e-10, atol=1e-12):
            return why
    return otherwise
