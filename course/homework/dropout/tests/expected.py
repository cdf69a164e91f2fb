"""Что должно получиться, когда маска известна."""

import torch


def scaled(x, kept, p):
    """Верный ответ при данной маске: x / (1 − p) там, где элемент оставлен, ноль в остальных местах."""
    return torch.where(kept, x / (1 - p), torch.zeros_like(x)) if p < 1 else torch.zeros_like(x)
