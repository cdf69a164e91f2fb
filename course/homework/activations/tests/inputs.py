"""Входы для проверок: случайные, но такие, чтобы ни одна ошибка не спряталась."""

import torch


def spread(shape, rng, dtype=torch.float64):
    """Числа по обе стороны от нуля; среди них всегда есть 8 и −8."""
    x = (3 * torch.randn(shape, generator=rng, dtype=torch.float64)).to(dtype)
    x.view(-1)[:2] = torch.tensor([8.0, -8.0])[: x.numel()]
    return x


def off_the_kink(shape, rng):
    """То же, но не ближе 0,1 к нулю: в изломе производной нет."""
    x = spread(shape, rng)
    return torch.where(x < 0, x - 0.1, x + 0.1)


def weights(shape, rng):
    """Градиент, который приходит сверху: разный для разных элементов, без нулей."""
    return 0.5 + torch.rand(shape, generator=rng, dtype=torch.float64)


def number(low, high, rng):
    """Случайный параметр слоя из [low, high)."""
    return low + (high - low) * torch.rand((), generator=rng, dtype=torch.float64).item()


def layouts(rng):
    """Тензоры всех видов, какие встречаются в сетях: имя для сообщения и сам тензор."""
    grid = spread((6, 8), rng)
    return {
        "обычный float64": spread((3, 4), rng),
        "float32": spread((3, 4), rng, torch.float32),
        "без осей": torch.tensor(-0.7, dtype=torch.float64),
        "без осей, float32": torch.tensor(-0.7),
        "пустой": torch.empty(0, 3, dtype=torch.float64),
        "транспонированный": grid.T,
        "прореженный": grid[::2, 1::3],
        "растянутый (expand)": spread((3, 1), rng).expand(3, 5),
        "с осями длины 1": spread((1, 4, 1), rng),
        "четыре оси": spread((2, 3, 4, 5), rng),
    }
