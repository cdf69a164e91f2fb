# what: exp(-|x|): у модуля в нуле нулевая производная
# caught_by: test_sigmoid_gradient_large
# phrase: не через |x| ли

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
        e = torch.exp(-torch.abs(x))
        return torch.where(x >= 0, torch.ones_like(x), e) / (1 + e)


class MyELU(nn.Module):
    def __init__(self, alpha=1.0):
        super().__init__()
        self.alpha = alpha

    def forward(self, x):
        return torch.where(x > 0, x, self.alpha * torch.expm1(torch.clamp(x, max=0)))
