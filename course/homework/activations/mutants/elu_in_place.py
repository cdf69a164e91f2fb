# what: отрицательные элементы переписаны прямо во входе
# caught_by: test_elu_any_tensor
# phrase: вход изменён на месте

import torch
from torch import nn


class MyReLU(nn.Module):
    def forward(self, x):
        return torch.clamp(x, min=0)


class MyLeakyReLU(nn.Module):
    def __init__(self, negative_slope=0.01):
        super().__init__()
        self.negative_slope = negative_slope

    def forward(self, x):
        return torch.where(x > 0, x, self.negative_slope * x)


class MySigmoid(nn.Module):
    def forward(self, x):
        return (1 + torch.tanh(x / 2)) / 2


class MyELU(nn.Module):
    def __init__(self, alpha=1.0):
        super().__init__()
        self.alpha = alpha

    def forward(self, x):
        negative = x < 0
        x[negative] = self.alpha * torch.expm1(x[negative])
        return x
