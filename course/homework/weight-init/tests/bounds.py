"""Как сравнить тензор случайных чисел с распределением, не ошибаясь в верном решении.

Все границы выведены для шести сигм: случайно выйти за них верное решение может реже раза на пятьсот миллионов.
"""

import math

import torch

from kafedra.testing import check

SIGMAS = 6.0

# Выборочное стандартное отклонение s по n числам: Var(s) / σ² ≈ (κ − 1) / (4n), где κ — эксцесс E[w⁴] / σ⁴.
# У нормального закона κ = 3, у равномерного κ = 9/5.
KURTOSIS = {"normal": 3.0, "uniform": 1.8}

# Неравенство Дворецкого — Кифера — Вольфовица с постоянной Массара: P(√n·D > t) ≤ 2·exp(−2t²), при любом n.
# Для шести сигм P = 2·10⁻⁹, то есть t = √(ln(10⁹) / 2) ≈ 3,22.
DKW = math.sqrt(math.log(1e9) / 2)


def std_margin(kind, count):
    """На сколько, в долях, выборочное отклонение может отличаться от истинного."""
    return SIGMAS * math.sqrt((KURTOSIS[kind] - 1) / (4 * count))


def distribution_distance(values, kind, std):
    """Статистика Колмогорова: наибольшее расстояние между функциями распределения."""
    ordered = values.double().flatten().sort().values / std
    flat = (ordered / (2 * math.sqrt(3)) + 0.5).clamp(0, 1)
    theory = torch.special.ndtr(ordered) if kind == "normal" else flat
    steps = torch.arange(ordered.numel() + 1, dtype=torch.float64) / ordered.numel()
    return max((steps[1:] - theory).max().item(), (theory - steps[:-1]).max().item())


def likely_std(got, suspects):
    """Объяснение той из типичных ошибок, которая дала бы такое отклонение; пусто, если не подошла ни одна."""
    fitting = {why: abs(math.log(got / wrong)) for why, wrong in suspects.items() if wrong > 0 and got > 0}
    best = min(fitting, key=fitting.get, default=None)
    return best if best is not None and fitting[best] < 0.025 else ""


def check_filled(values, before, *, call, inputs):
    """Это тензор тех же формы и типа, из конечных чисел, и он заполнен заново, разными числами."""
    check.tensor(values, shape=before.shape, dtype=before.dtype, call=call, inputs=inputs)
    check.that(bool(values.isfinite().all()), f"{call}: среди весов есть NaN или бесконечность")
    check.that(
        not torch.equal(values, before),
        f"{call}: веса не изменились, форма {tuple(before.shape)}\n"
        "похоже: заполнена копия (w = ..., w.clone()), а нужно писать в сам тензор: w.uniform_, w.normal_, w.copy_",
    )
    # float32 в [0, 1) различает 2²⁴ чисел: среди 60 000 повторов меньше 0,2 %
    distinct = values.unique().numel()
    check.that(
        distinct > 0.9 * values.numel(),
        f"{call}: веса повторяются: различных чисел {distinct} из {values.numel()}\n"
        "похоже: тензор заполнен постоянной или одна строка скопирована во все; одинаковые нейроны и учатся одинаково",
    )


def check_unrelated(values, *, call):
    """Строки (а потом столбцы) независимы.

    Знаки симметричных независимых весов независимы и при данных модулях. По неравенству Хёффдинга для двух строк
    P(|Σ uᵢvᵢ| > t·√(Σ uᵢ²vᵢ²)) ≤ 2·exp(−t²/2); пар не больше m²/2, и для вероятности 2·10⁻⁹ на все сразу
    t² = 2·ln(m² / 2·10⁻⁹).
    """
    matrix = values.double().flatten(1)
    for what, rows in (("нейроны (строки веса)", matrix), ("входы (столбцы веса)", matrix.T)):
        squares = rows.square()
        ratio = (rows @ rows.T).abs() / (squares @ squares.T).sqrt()
        ratio.fill_diagonal_(0)
        limit = math.sqrt(2 * math.log(len(rows) ** 2 / 2e-9))
        check.that(
            ratio.max().item() <= limit,
            f"{call}: {what} связаны между собой, а веса должны быть независимы\n"
            "похоже: часть весов получена из других — скопирована, отражена или взята с другим знаком",
        )


def check_std(values, std, kind, *, call, suspects, inputs):
    """Среднее 0 и отклонение `std` в пределах шести сигм; иначе — объяснение."""
    count = values.numel()
    got = values.double().std().item()
    margin = std_margin(kind, count)
    why = (
        likely_std(got, suspects)
        or "проверьте fans на этой форме, потом дисперсию: корень из неё — стандартное отклонение"
    )
    what = "стандартное отклонение весов"
    check.within(got, std * (1 - margin), std * (1 + margin), call=call, what=what, inputs=inputs, why=why)
    bound = SIGMAS * std / math.sqrt(count)
    why = "распределение должно быть симметрично относительно нуля: равномерное — от −a до a, а не от 0 до a"
    mean = values.double().mean().item()
    check.within(mean, -bound, bound, call=call, what="среднее весов", inputs=inputs, why=why)


def check_normal_or_uniform(values, std, *, call):
    """Распределение — одно из двух, какое именно, всё равно."""
    limit = DKW / math.sqrt(values.numel())
    distance = min(distribution_distance(values, kind, std) for kind in KURTOSIS)
    head = f"{call}: распределение весов не нормальное и не равномерное" if distance > limit else call
    why = "отклонение верное, но числа взяты из другого закона: заполняйте kaiming_normal_ или kaiming_uniform_"
    check.within(distance, 0.0, limit, call=head, what="расстояние Колмогорова до ближайшего из двух", why=why)


def check_shape_of_distribution(values, std, kind, *, call):
    """Распределение то, что названо: равномерное или нормальное."""
    name = {"normal": "нормальное", "uniform": "равномерное"}
    other = "uniform" if kind == "normal" else "normal"
    if kind == "uniform":
        bound = math.sqrt(3) * std
        largest = values.double().abs().max().item()
        # 10⁻⁶ — округление float32
        check.that(
            largest <= bound * (1 + 1e-6),
            f"{call}: распределение не равномерное: наибольший вес {largest:.4g}, а граница a = {bound:.4g}\n"
            "похоже: отклонение верное, но числа взяты из нормального закона",
        )
    distance = distribution_distance(values, kind, std)
    limit = DKW / math.sqrt(values.numel())
    like_other = distribution_distance(values, other, std) <= limit
    why = f"отклонение верное, но распределение — {name[other]}" if like_other else "распределение обрезано или смешано"
    what = "расстояние Колмогорова"
    call = f"{call}: распределение не {name[kind]}" if distance > limit else call
    check.within(distance, 0.0, limit, call=call, what=what, why=why)
