# what: math.e в numpy: градиента нет
# caught_by: test_sigmoid_gradient
# phrase: оторван от графа

import numpy as np
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
        values = 1 / (1 + np.exp(-np.clip(x.detach().numpy(), -80, 700)))
        return torch.as_tensor(values, dtype=x.dtype)


class MyELU(nn.Module):
    def __init__(self, alpha=1.0):
        super().__init__()
        self.alpha = alpha

    def forward(self, x):
        return torch.where(x > 0, x, self.alpha * torch.expm1(torch.clamp(x, max=0)))
