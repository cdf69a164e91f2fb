"""Границы для случайных величин: выведены, а не подобраны.

Пусть каждый элемент обнуляется независимо с вероятностью p, и q = 1 − p. Число обнулённых среди n элементов, K,
распределено биномиально: E K = np, Var K = npq. Дальше везде берётся SIGMAS стандартных отклонений.

*Доля.* K/n отличается от p не больше чем на SIGMAS·√(pq/n).

*Разброс.* Разобьём элементы на m непересекающихся групп по n штук и посчитаем D = mean((K − np)² / npq). При
независимости E D = 1. Четвёртый центральный момент биномиального закона — npq(1 + 3(n − 2)pq), поэтому

    Var (K − np)²/npq = 3 + (1 − 6pq)/npq − 1 = 2 + (1 − 6pq)/npq,     Var D — то же, делённое на m.

Элементы, которые обнуляются только вместе, дают D около n; ровно np обнулённых в каждой группе — D = 0; одна и та
же маска в двух вызовах из двух — D около 2.

Хвост D справа тяжелее нормального (это почти χ² с m степенями свободы), поэтому σ взято семь: у χ² при m = 256 это
вероятность 2·10⁻⁹ (приближение Уилсона — Хилферти).
"""

import math

from kafedra.testing import check

SIGMAS = 7


def check_share(kept, p, *, call):
    """Обнулена доля p элементов, с точностью до случая."""
    total = kept.numel()
    dropped = total - int(kept.sum())
    margin = SIGMAS * math.sqrt(p * (1 - p) / total)
    why = "каждый элемент обнуляется с вероятностью p, сам по себе: маска той же формы, что x, и порог — ровно p"
    if abs(dropped / total - (1 - p)) <= margin:
        why = "обнулена доля 1 − p: перепутано, что обнулять и что оставлять"
    elif abs(dropped / total - 0.5) <= margin:
        why = "обнулена половина при любом p: вероятность не берётся из __init__"
    elif dropped == 0:
        why = "не обнулено ничего: слой вернул вход или включён не тот режим"
    what = f"доля обнулённых элементов при p = {p:.3g} ({total} элементов)"
    check.within(dropped / total, p - margin, p + margin, call=call, what=what, why=why)


def check_independence(kept, groups, p, *, call, happened="обнулённых"):
    """Разброс числа обнулённых в группах — как у независимых элементов.

    kept: маска; groups: {оси, вдоль которых лежит одна группа: (если разброс велик, если мал)}. Одна ошибка задевает
    и соседние группы, поэтому показывается та, где отклонение в единицах σ больше.
    """
    share = 1 - kept.double().mean().item()
    if abs(share - p) > 0.1:
        check_share(kept, p, call=call)
    measured = {axes: _dispersion(kept, axes, p) for axes in groups}
    axes = max(measured, key=lambda axes: abs(measured[axes][0] - 1) / measured[axes][1])
    dispersion, sigma, size = measured[axes]
    why = groups[axes][0] if dispersion > 1 else groups[axes][1]
    what = f"разброс числа {happened} в группах по {size} (при независимости — 1)"
    check.within(dispersion, 1 - SIGMAS * sigma, 1 + SIGMAS * sigma, call=call, what=what, why=why)


def _dispersion(kept, axes, p):
    """D для групп, лежащих вдоль осей `axes`; его стандартное отклонение; размер группы."""
    size = math.prod(kept.shape[axis] for axis in axes)
    counts = size - kept.double().sum(axes)
    npq = size * p * (1 - p)
    dispersion = ((counts - size * p) ** 2 / npq).mean().item()
    return dispersion, math.sqrt((2 + (1 - 6 * p * (1 - p)) / npq) / counts.numel()), size
