"""Формы весов и правильные ответы для них."""

import math

import torch

LINEAR = (200, 300)
CONV = (48, 20, 5, 5)
SMALL = (2, 3)
TINY = (1, 1)  # здесь отклонение у Хе — √2, и обрезка на ±2 заметна


def fans_of(shape):
    """(fan_in, fan_out) по определению: входы, от которых зависит один выход, и наоборот."""
    area = math.prod(shape[2:])
    return shape[1] * area, shape[0] * area


def before(shape, rng, dtype=torch.float64):
    """То, что лежало в весах до вызова: с нормальными начальными весами не спутаешь."""
    return (5 + torch.rand(shape, generator=rng, dtype=torch.float64)).to(dtype)


def xavier_std(shape, gain=1.0):
    fan_in, fan_out = fans_of(shape)
    return gain * math.sqrt(2 / (fan_in + fan_out))


def kaiming_std(shape, a=0.0, mode="fan_in"):
    fan = fans_of(shape)[mode == "fan_out"]
    return math.sqrt(2 / ((1 + a * a) * fan))
