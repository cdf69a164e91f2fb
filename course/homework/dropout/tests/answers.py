"""Ответы из песочницы: там чужой код, поэтому прийти может что угодно."""

import torch

from kafedra.testing import check

ROUNDED = (
    "точность как у float32. Он появляется, когда маска сначала делится на 1 − p, а потом умножается на x: "
    "mask.float() / (1 - p) — это float32. Сначала умножьте x на маску, потом делите"
)


def parts(answer, count, call):
    """Ответ пробы из `count` частей."""
    whole = isinstance(answer, tuple) and len(answer) == count
    check.that(whole, f"{call}: проба вернула не {count} значения, а что-то другое")
    return answer


def scaled(x, kept, p):
    """Верный ответ при данной маске: x / (1 − p) там, где элемент оставлен, ноль в остальных местах."""
    return torch.where(kept, x / (1 - p), torch.zeros_like(x)) if p < 1 else torch.zeros_like(x)


def mask_of(y, x, p, *, call, rtol=1e-8):
    """Маска «элемент оставлен», прочитанная по ответу: каждый элемент — ноль или x / (1 − p), в x нет нулей."""
    check.tensor(y, shape=x.shape, dtype=x.dtype, call=call, inputs={"x": x}, why="форма и тип ответа — те же, что у x")
    kept = y != 0
    expected = scaled(x, kept, p)
    why = _cause(y, x, kept, p) if x.numel() else ""
    check.close(y, expected, rtol=rtol, atol=0.0, call=call, inputs={"x": x}, why=why)
    return kept


def _cause(y, x, kept, p):
    zero = torch.zeros_like(x)
    share = kept.double().mean().item() or 1.0
    per_row = kept.double().mean(-1, keepdim=True) if kept.ndim else kept.double()
    suspects = {
        "выживших не умножили на 1/(1 − p): среднее ответа станет меньше среднего входа": torch.where(kept, x, zero),
        "выживших поделили на p, а нужно на 1 − p: p — вероятность обнулить, а не оставить": torch.where(
            kept, x / p if p else x, zero
        ),
        "выживших умножили на 1 − p, а нужно поделить": torch.where(kept, x * (1 - p), zero),
        "выживших умножили на p": torch.where(kept, x * p, zero),
        "p из __init__ не используется: множитель всегда 2, как при p = 0,5": torch.where(kept, 2 * x, zero),
        "поделено на долю выживших в этом вызове; делить нужно на 1 − p, на число, которое от маски не зависит": (
            torch.where(kept, x / share, zero)
        ),
        "поделено на долю выживших в строке; делить нужно на 1 − p, на число, которое от маски не зависит": (
            torch.where(kept, (x / per_row).to(x.dtype), zero)
        ),
        "обнулённых элементов нет, а множитель есть": x / (1 - p),
        "к выжившим прибавлен шум вместо умножения": x + 1,
    }
    if torch.allclose(y, scaled(x, kept, p), rtol=1e-6, atol=0):
        return ROUNDED
    if torch.equal(y, x):
        return "слой вернул вход как есть: маска не построена или режим перепутан (self.training)"
    for why, wrong in suspects.items():
        if torch.allclose(y, wrong, rtol=1e-9 if x.dtype == torch.float64 else 1e-5, atol=0):
            return why
    return "каждый элемент ответа — либо ровно 0, либо x / (1 − p), ничего третьего"


def check_both_kinds(kept, call):
    """Среди элементов есть и обнулённые, и оставленные. Звать, когда случайно такое не выходит."""
    check.that(
        bool((~kept).any()),
        f"{call}: в режиме обучения не обнулён ни один из {kept.numel()} элементов\n"
        "похоже: слой вернул вход; маска не построена или режим перепутан (self.training)",
    )
    check.that(
        bool(kept.any()),
        f"{call}: обнулены все элементы, {kept.numel()} из {kept.numel()}, хотя p меньше единицы",
    )


def untouched(bypass, upstream, call):
    """Обратный проход не испортил градиент, который пришёл сверху."""
    why = "backward пишет прямо в пришедший сверху градиент (grad.mul_), а он нужен и другим: умножьте без черты"
    check.equal(bypass, upstream, call=f"other + {call}: градиент по other, соседу по сумме", why=why)


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
