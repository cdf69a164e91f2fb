# what: (x + sqrt(x²)) / 2: переполняется на 1e30 во float32, в нуле градиент 0/0
# caught_by: test_relu_gradient_large, test_relu_large
# phrase: NaN

import torch
from torch import nn


class MyReLU(nn.Module):
    def forward(self, x):
        return (x + torch.sqrt(x**2)) / 2


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
        return torch.where(x > 0, x, self.alpha * torch.expm1(torch.clamp(x, max=0)))
