"""Обычные ошибки: объяснение → какое отклонение из-за неё получилось бы."""

import math

from expected import fans_of, kaiming_std, xavier_std


def _common(std, kind):
    """Ошибки, общие для всех четырёх функций: объяснение → какое отклонение получилось бы."""
    suspects = {"дисперсия взята вместо стандартного отклонения: забыт корень": std**2}
    if kind == "uniform":
        suspects["граница равномерного взята равной σ: у U(−a, a) отклонение a/√3, поэтому a = √3·σ"] = std / math.sqrt(
            3
        )
        suspects["граница равномерного — дисперсия: забыт корень"] = std**2 / math.sqrt(3)
        suspects["граница равна √3·σ², а нужно √3·σ"] = math.sqrt(3) * std**2
        suspects["равномерное от 0 до a вместо от −a до a"] = std / 2
    else:
        suspects["лишний корень из трёх: он нужен только равномерному"] = std * math.sqrt(3)
    return suspects


def xavier_suspects(shape, kind):
    fan_in, fan_out = fans_of(shape)
    std = xavier_std(shape)
    suspects = _common(std, kind) | {
        "взят только fan_in: у Ксавье в знаменателе сумма fan_in + fan_out": math.sqrt(1 / fan_in),
        "взят только fan_out: у Ксавье в знаменателе сумма fan_in + fan_out": math.sqrt(1 / fan_out),
        "забыта двойка: Var(w) = 2 / (fan_in + fan_out)": math.sqrt(1 / (fan_in + fan_out)),
        "взято 2/fan_in: это инициализация Хе": math.sqrt(2 / fan_in),
    }
    if len(shape) > 2:
        suspects["площадь ядра не учтена: у свёртки fan_in = каналы · площадь ядра"] = math.sqrt(2 / sum(shape[:2]))
    return suspects


def kaiming_suspects(shape, kind):
    fan_in, fan_out = fans_of(shape)
    suspects = _common(kaiming_std(shape), kind) | {
        "взят fan_out вместо fan_in": math.sqrt(2 / fan_out),
        "множитель 1 вместо √2: ReLU гасит половину сигнала, её и возвращает двойка": math.sqrt(1 / fan_in),
        "множитель 2 вместо √2": 2 / math.sqrt(fan_in),
        "взята сумма fan_in + fan_out: это инициализация Ксавье": math.sqrt(2 / (fan_in + fan_out)),
    }
    if len(shape) > 2:
        suspects["площадь ядра не учтена: у свёртки fan_in = каналы · площадь ядра"] = math.sqrt(2 / shape[1])
    return suspects


def cut_at_two(std):
    """Отклонение нормального закона, обрезанного на ±2: так по умолчанию делает trunc_normal_."""
    bound = 2 / std
    density = math.exp(-(bound**2) / 2) / math.sqrt(2 * math.pi)
    return std * math.sqrt(1 - 2 * bound * density / math.erf(bound / math.sqrt(2)))
