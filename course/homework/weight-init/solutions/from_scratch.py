"""Без готовых распределений: случайность из numpy, нормальное — по Боксу и Мюллеру, модель — рекурсией."""

import numpy as np
import torch

LAYERS = {"Linear", "Conv1d", "Conv2d", "Conv3d"}


def fans(w):
    shape = list(w.size())
    if len(shape) <= 1:
        raise ValueError("нужны хотя бы две оси")
    outputs, inputs, *kernel = shape
    for size in kernel:
        outputs *= size
        inputs *= size
    return inputs, outputs


def flat(size):
    return 2 * np.random.random(size) - 1


def bell(size):
    radius = np.sqrt(-2 * np.log(1 - np.random.random(size)))
    return radius * np.cos(2 * np.pi * np.random.random(size))


def write(w, numbers):
    w.data.copy_(torch.from_numpy(numbers))
    return w


def kaiming_variance(w, a, mode):
    chosen = dict(zip(("fan_in", "fan_out"), fans(w), strict=True))[mode]
    return 2.0 / (1.0 + a * a) / chosen


def xavier_uniform_(w, gain=1):
    i, o = fans(w)
    return write(w, gain * (6 / (i + o)) ** 0.5 * flat(tuple(w.shape)))


def xavier_normal_(w, gain=1):
    i, o = fans(w)
    return write(w, gain * (2 / (i + o)) ** 0.5 * bell(tuple(w.shape)))


def kaiming_uniform_(w, a=0, mode="fan_in"):
    return write(w, (3 * kaiming_variance(w, a, mode)) ** 0.5 * flat(tuple(w.shape)))


def kaiming_normal_(w, a=0, mode="fan_in"):
    return write(w, kaiming_variance(w, a, mode) ** 0.5 * bell(tuple(w.shape)))


def init_model(model):
    if type(model).__name__ in LAYERS:
        kaiming_uniform_(model.weight)
        if model.bias is not None:
            model.bias.data[:] = 0
    for child in model.children():
        init_model(child)
    return model
