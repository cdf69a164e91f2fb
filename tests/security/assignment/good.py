"""A submission with nothing wrong in it: graded after every attack, and it must not notice."""

import math

import torch


def halve(x):
    return x / 2


def count(n):
    return sum(range(n))


def label():
    return "кот"


def log(x):
    return math.log(x) if x > 0 else -math.inf


def secret(x):
    return x.sign()


class Layer(torch.nn.Module):
    def forward(self, x):
        print("neighbour")  # noqa: T201 - what the neighbour prints is looked at
        return x.clamp(min=0)
