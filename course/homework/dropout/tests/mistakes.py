"""Маска, прочитанная по ответу, и обычные ошибки: что они дают и как их узнать."""

import torch
from expected import scaled

from kafedra.testing import check

ROUNDED = (
    "точность как у float32. Он появляется, когда маска сначала делится на 1 − p, а потом умножается на x: "
    "mask.float() / (1 - p) — это float32. Сначала умножьте x на маску, потом делите"
)


def mask_of(y, x, p, *, call, rtol=1e-8, suspects=None):
    """Маска «элемент оставлен», прочитанная по ответу: каждый элемент — ноль или x / (1 − p), в x нет нулей."""
    check.tensor(y, shape=x.shape, dtype=x.dtype, call=call, inputs={"x": x}, why="форма и тип ответа — те же, что у x")
    kept = y != 0
    check.close(
        y,
        scaled(x, kept, p),
        rtol=rtol,
        atol=0.0,
        call=call,
        inputs={"x": x},
        suspects=(suspects or {}) | (_of_value(x, kept, p) if x.numel() else {}),
        otherwise="каждый элемент ответа — либо ровно 0, либо x / (1 − p), ничего третьего",
        rounded=ROUNDED,
    )
    return kept


def _of_value(x, kept, p):
    zero = torch.zeros_like(x)
    share = kept.double().mean().item() or 1.0
    per_row = kept.double().mean(-1, keepdim=True) if kept.ndim else kept.double()
    return {
        "слой вернул вход как есть: маска не построена или режим перепутан (self.training)": x,
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
        "обнулённых элементов нет, а множитель есть": x / (1 - p) if p < 1 else x,
        "к выжившим прибавлен шум вместо умножения": x + 1,
    }


def of_neighbours(x, p, other):
    """Слои с p и с `other` вызваны с одним и тем же x и мешают друг другу."""
    both = 1 - (1 - p) * (1 - other)
    return {
        "p взято у другого слоя: храните его в self, а не в классе": (
            lambda y: torch.allclose(y, scaled(x, y != 0, other))
        ),
        "x изменён другим слоем на месте, хотя inplace=False": lambda y: torch.allclose(y, scaled(x, y != 0, both)),
    }


def of_default(x):
    """Другие p по умолчанию."""
    return {
        f"по умолчанию стоит p={p}, а нужно p=0.5": lambda y, p=p: torch.allclose(y, scaled(x, y != 0, p))
        for p in (0.1, 0.2, 0.25, 0.3)
    }


def of_gradient(upstream, kept):
    """Градиенты, которые дают обычные ошибки; upstream — то, что должно пройти через маску."""
    return {
        "градиент прошёл мимо маски: forward что-то обнуляет, а производная всюду 1": upstream,
        "градиент прошёл через маску, но не умножен на 1/(1 − p)": torch.where(kept, upstream, 0.0),
        "в обратном проходе другая маска: она должна быть той же, что в прямом проходе этого же вызова": (
            lambda gradient: not torch.equal(gradient != 0, kept)
        ),
    }


def check_both_kinds(kept, call):
    """Среди элементов есть и обнулённые, и оставленные. Звать, когда случайно такое не выходит."""
    check.that(
        bool((~kept).any()),
        f"{call}: в режиме обучения не обнулён ни один из {kept.numel()} элементов\n"
        "похоже: слой вернул вход; маска не построена или режим перепутан (self.training)",
    )
    check.that(
        bool(kept.any()), f"{call}: обнулены все элементы, {kept.numel()} из {kept.numel()}, хотя p меньше единицы"
    )
