"""Ответы из песочницы (там чужой код, поэтому прийти может что угодно) и входы для них."""

import torch

from kafedra.testing import check

SHAPE = (6, 4, 5, 3)
MOMENTUM = 0.1
EPS = 1e-5
NO_BUFFERS = (
    "среди буферов нового слоя нет среднего (num_features нулей) или дисперсии (num_features единиц). Буфер создаёт "
    "self.register_buffer(имя, тензор); простой атрибут не попадёт в state_dict и не переедет на другое устройство"
)


def images(rng, shape=SHAPE, dtype=torch.float64):
    """Пачка картинок; у каждого канала свои среднее и разброс, и далеко не 0 и 1."""
    channels = shape[1]
    shift = torch.linspace(-3, 4, channels, dtype=torch.float64).view(1, -1, 1, 1)
    spread = torch.linspace(0.5, 3, channels, dtype=torch.float64).view(1, -1, 1, 1)
    return (shift + spread * torch.randn(shape, generator=rng, dtype=torch.float64)).to(dtype)


def affine(rng, channels=SHAPE[1], dtype=torch.float64):
    """γ от 0,5 до 2 и β от −1 до 1: по числу на канал, без единиц и нулей."""
    gamma = 0.5 + 1.5 * torch.rand(channels, generator=rng, dtype=torch.float64)
    beta = 2 * torch.rand(channels, generator=rng, dtype=torch.float64) - 1
    return gamma.to(dtype), beta.to(dtype)


def per_channel(vector):
    return vector.view(1, -1, 1, 1)


def normalised(x, mean, var, gamma=None, beta=None, eps=EPS):
    y = (x - per_channel(mean)) / torch.sqrt(per_channel(var) + eps)
    if gamma is not None:
        y = per_channel(gamma) * y + per_channel(beta)
    return y


def moments(x, unbiased=False):
    return x.mean(dim=(0, 2, 3)), x.var(dim=(0, 2, 3), correction=int(unbiased))


def parts(answer, count, call):
    """Ответ пробы из `count` частей."""
    whole = isinstance(answer, (tuple, list)) and len(answer) == count
    check.that(whole, f"{call}: проба вернула не {count} значения, а что-то другое")
    return answer


FLOAT32 = "точность как у float32, а вход float64: не приводите тип, .float() теряет половину цифр"


def likely_cause(answer, expected, suspects, otherwise, rough=FLOAT32):
    """Объяснение того из неверных ответов, с которым совпал этот; если ни с каким — `otherwise`.

    `rough` — что сказать, если ответ верен, но не до конца.
    """
    alike = type(answer) is torch.Tensor and answer.shape == expected.shape and answer.dtype == expected.dtype
    if not alike:
        return otherwise
    if bool(answer.isnan().any()):
        return f"в ответе NaN: корень из отрицательного или 0/0. {otherwise}"
    for why, wrong in suspects.items():
        if torch.allclose(answer, wrong, rtol=1e-6, atol=1e-9):
            return why
    double = expected.dtype == torch.float64
    return rough if double and torch.allclose(answer, expected, rtol=1e-5, atol=1e-5) else otherwise


def forward_suspects(x, gamma=None, beta=None, eps=EPS):
    """Что вышло бы при обычных ошибках прямого прохода в режиме обучения."""
    mean, var = moments(x)
    _, unbiased = moments(x, unbiased=True)
    plain = normalised(x, mean, var, eps=eps)

    def along(dims):
        centre, spread = x.mean(dim=dims, keepdim=True), x.var(dim=dims, keepdim=True, correction=0)
        return shifted((x - centre) / torch.sqrt(spread + eps))

    def shifted(y):
        return y if gamma is None else per_channel(gamma) * y + per_channel(beta)

    suspects = {
        "вход возвращён без изменений": x,
        "все ответы — нули": torch.zeros_like(x),
        "нормализовано по накопленным статистикам, а в обучении нужны статистики самой пачки": normalised(
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
        "оси: усреднено только по пачке (0), а нужно по (0, 2, 3)": along((0,)),
        "оси: усреднено по каждой картинке отдельно, (2, 3): это InstanceNorm": along((2, 3)),
        "оси: усреднено по (1, 2, 3): это LayerNorm": along((1, 2, 3)),
        "оси: усреднено по каналам (1)": along((1,)),
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
