"""Входы: у каналов разные среднее и разброс, и далеко не 0 и 1."""

import torch

SHAPE = (6, 4, 5, 3)


def images(rng, shape=SHAPE, dtype=torch.float64):
    """Батч картинок; у каждого канала свои среднее и разброс, и далеко не 0 и 1."""
    channels = shape[1]
    shift = torch.linspace(-3, 4, channels, dtype=torch.float64).view(1, -1, 1, 1)
    spread = torch.linspace(0.5, 3, channels, dtype=torch.float64).view(1, -1, 1, 1)
    return (shift + spread * torch.randn(shape, generator=rng, dtype=torch.float64)).to(dtype)


def affine(rng, channels=SHAPE[1], dtype=torch.float64):
    """γ от 0,5 до 2 и β от −1 до 1: по числу на канал, без единиц и нулей."""
    gamma = 0.5 + 1.5 * torch.rand(channels, generator=rng, dtype=torch.float64)
    beta = 2 * torch.rand(channels, generator=rng, dtype=torch.float64) - 1
    return gamma.to(dtype), beta.to(dtype)
