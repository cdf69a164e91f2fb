"""Обычные ошибки: объяснение → ответ, который они дают."""

import torch
from expected import EPS, MOMENTUM, history, moments, normalised, per_channel

NO_BUFFERS = (
    "среди буферов нового слоя нет среднего (num_features нулей) или дисперсии (num_features единиц). Буфер создаёт "
    "self.register_buffer(имя, тензор); простой атрибут не попадёт в state_dict и не переедет на другое устройство"
)
SQUARES = "это E[x²] − (E[x])²: при большом среднем цифры пропадают; считайте средний квадрат отклонений"


def of_training(x, gamma=None, beta=None, eps=EPS):
    """Что вышло бы при обычных ошибках прямого прохода в режиме обучения."""
    mean, var = moments(x)
    _, unbiased = moments(x, unbiased=True)
    plain = normalised(x, mean, var, eps=eps)
    mixed = x.reshape(x.shape[1], -1)

    def along(dims):
        centre, spread = x.mean(dim=dims, keepdim=True), x.var(dim=dims, keepdim=True, correction=0)
        return shifted((x - centre) / torch.sqrt(spread + eps))

    def shifted(y):
        return y if gamma is None else per_channel(gamma) * y + per_channel(beta)

    suspects = {
        "вход возвращён без изменений": x,
        "все ответы — нули": torch.zeros_like(x),
        "нормализовано по накопленным статистикам, а в обучении нужны статистики самого батча": normalised(
            x, torch.zeros_like(mean), torch.ones_like(var), gamma, beta, eps
        ),
        "дисперсия несмещённая (деление на n − 1), а нормализуют на смещённую (деление на n)": normalised(
            x, mean, unbiased, gamma, beta, eps
        ),
        "ε забыто": normalised(x, mean, var, gamma, beta, 0.0),
        "ε прибавлено снаружи корня: нужно √(var + ε), а не √var + ε": shifted(
            (x - per_channel(mean)) / (per_channel(var).sqrt() + eps)
        ),
        "ε всегда 1e-5: параметр eps не используется": normalised(x, mean, var, gamma, beta, EPS),
        "ε по умолчанию — 1e-5, а здесь похоже на 1e-3": normalised(x, mean, var, gamma, beta, 1e-3),
        "поделено на дисперсию вместо её корня": shifted((x - per_channel(mean)) / (per_channel(var) + eps)),
        "среднее не вычтено": shifted(x / torch.sqrt(per_channel(var) + eps)),
        "поделено не было, только вычтено среднее": shifted(x - per_channel(mean)),
        "оси: усреднено по всем, и по каналам тоже": along((0, 1, 2, 3)),
        "оси: усреднено только по батчу (0), а нужно по (0, 2, 3)": along((0,)),
        "оси: усреднено по каждой картинке отдельно, (2, 3): это InstanceNorm": along((2, 3)),
        "оси: усреднено по (1, 2, 3): это LayerNorm": along((1, 2, 3)),
        "оси: усреднено по каналам (1)": along((1,)),
        "каналы перемешаны с картинками: reshape не переставляет оси, а ось каналов — вторая": normalised(
            x, mixed.mean(dim=1), mixed.var(dim=1, correction=0), gamma, beta, eps
        ),
    }
    if gamma is not None:
        suspects |= {
            "γ и β не используются": plain,
            "β забыта": per_channel(gamma) * plain,
            "γ забыта": plain + per_channel(beta),
            "γ умножается и на β: нужно γ·x̂ + β": per_channel(gamma) * (plain + per_channel(beta)),
            "γ и β поменяны местами": per_channel(beta) * plain + per_channel(gamma),
        }
    return suspects


def of_statistics(batches, momentum, step, which, still="не обновляется вовсе"):
    """Что накопилось бы при обычных ошибках; which: 0 — среднее, 1 — дисперсия. `still` — почему оно прежнее."""
    share = MOMENTUM if momentum is None else momentum
    suspects = {still: history(batches)[0][which] * 0 + which}
    if momentum == 0:
        suspects |= {
            "ноль принят за None: в Python ноль — «ложь», сравнивайте явно: momentum is None": history(batches, None)[
                step
            ][which],
            "ноль заменён на 0,1 (momentum or 0.1): в Python ноль — «ложь», сравнивайте с None": history(batches)[step][
                which
            ],
        }
    suspects |= {
        "momentum перепутан: новое берётся с весом momentum, прежнее — с весом 1 − momentum": history(
            batches, 1 - share
        )[step][which],
        "momentum всегда 0,1: параметр не используется": history(batches, MOMENTUM)[step][which],
        "momentum не применён: сохранены статистики последнего батча": history(batches, 1.0)[step][which],
    }
    if momentum is not None:
        suspects["усреднены все батчи поровну: так работает только momentum=None"] = history(batches, None)[step][which]
    if which == 1:
        seen = batches[: step + 1]
        biased = [moments(x)[1] for x in seen]
        suspects["накоплена смещённая дисперсия; копят несмещённую, с делением на n − 1"] = gathered(biased, momentum)
        by_batch = [var * len(x) / max(len(x) - 1, 1) for x, var in zip(seen, biased, strict=True)]
        suspects["n в поправке n / (n − 1) — размер батча, а чисел у канала больше: B·H·W"] = gathered(
            by_batch, momentum
        )
        deviations = [moments(x, unbiased=True)[1].sqrt() for x in seen]
        suspects["накоплено отклонение, а нужна дисперсия: корень не берут"] = gathered(deviations, momentum)
    return suspects


def gathered(values, momentum):
    """Что накопится из этих чисел, по одному на батч, если вначале единицы."""
    total = torch.ones_like(values[0])
    for number, value in enumerate(values, start=1):
        weight = 1 / number if momentum is None else momentum
        total = (1 - weight) * total + weight * value
    return total


EPS_OUTSIDE_IN_EVAL = "в eval ε прибавлено снаружи корня: нужно √(running_var + ε), а не √running_var + ε"


def of_eval_slope(var, gamma, upstream):
    """Градиент по x в eval; var — накопленное."""
    slopes = {
        EPS_OUTSIDE_IN_EVAL: gamma / (torch.sqrt(var) + EPS),
        "в eval забыто ε": gamma / torch.sqrt(var),
        "поделено на дисперсию вместо её корня": gamma / (var + EPS),
        "γ забыта": 1 / torch.sqrt(var + EPS),
    }
    return {why: per_channel(slope) * upstream for why, slope in slopes.items()}


def of_eval(x, mean, var, gamma, beta):
    """Что ответил бы слой в eval; mean и var — накопленное."""
    scale = torch.sqrt(per_channel(var)) + EPS
    return {
        "в eval взяты статистики батча, а нужны накопленные; режим — в self.training": normalised(
            x, *moments(x), gamma, beta
        ),
        "в eval забыты γ и β": normalised(x, mean, var),
        "в eval забыто ε": normalised(x, mean, var, gamma, beta, 0.0),
        EPS_OUTSIDE_IN_EVAL: (per_channel(gamma) * (x - per_channel(mean)) / scale + per_channel(beta)),
        "в eval вход возвращён без изменений": x,
    }
