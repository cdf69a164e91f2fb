"""Что должно получиться: нормализация, статистики батча и то, что из них накопится."""

import torch

MOMENTUM = 0.1
EPS = 1e-5


def per_channel(vector):
    return vector.view(1, -1, 1, 1)


def normalised(x, mean, var, gamma=None, beta=None, eps=EPS):
    y = (x - per_channel(mean)) / torch.sqrt(per_channel(var) + eps)
    if gamma is not None:
        y = per_channel(gamma) * y + per_channel(beta)
    return y


def moments(x, unbiased=False):
    return x.mean(dim=(0, 2, 3)), x.var(dim=(0, 2, 3), correction=int(unbiased))


def history(batches, momentum=MOMENTUM):
    """Накопленные статистики после каждого батча."""
    channels = batches[0].shape[1]
    mean, var = torch.zeros(channels, dtype=torch.float64), torch.ones(channels, dtype=torch.float64)
    steps = []
    for number, x in enumerate(batches, start=1):
        share = 1 / number if momentum is None else momentum
        batch_mean, batch_var = moments(x, unbiased=True)
        mean, var = (1 - share) * mean + share * batch_mean, (1 - share) * var + share * batch_var
        steps.append((mean, var))
    return steps
