"""Входы для проверок. Нулей в них нет: ноль в ответе означает, что элемент обнулён."""

import torch


def values(shape, rng, dtype=torch.float64):
    """Числа обоих знаков, по модулю не меньше 0,3 и не больше 3,3: нулей нет."""
    size = 0.3 + 3 * torch.rand(shape, generator=rng, dtype=torch.float64)
    sign = 1 - 2 * torch.randint(0, 2, shape, generator=rng)
    return (sign * size).to(dtype)


def number(low, high, rng):
    """Случайное число из [low, high)."""
    return low + (high - low) * torch.rand((), generator=rng, dtype=torch.float64).item()


def weights(shape, rng):
    """Градиент, который приходит сверху: разный для разных элементов, без нулей."""
    return 0.5 + torch.rand(shape, generator=rng, dtype=torch.float64)


def after_relu(shape, rng):
    """То, что приходит после ReLU: половина чисел — нули."""
    return values(shape, rng).clamp(min=0)


def layouts(rng):
    """Тензоры всех видов, какие встречаются в сетях: имя для сообщения и сам тензор."""
    grid = values((12, 16), rng)
    return {
        "обычный float64": values((6, 10), rng),
        "float32": values((6, 10), rng, torch.float32),
        "одна ось": values((60,), rng),
        "пустой": torch.empty(0, 3, dtype=torch.float64),
        "транспонированный": grid.T,
        "прореженный": grid[::2, 1::2],
        "растянутый (expand)": values((12, 1), rng).expand(12, 5),
        "четыре оси": values((2, 3, 4, 5), rng),
    }
