# what: показатель до 500: во float32 exp переполняется, и градиент — NaN
# caught_by: test_elu_gradient_large
# phrase: соседней ветви
# base: formulas

import torch
from torch import nn


class MyELU(nn.Module):
    def __init__(self, alpha=1.0):
        super().__init__()
        self.alpha = alpha

    def forward(self, x):
        return torch.where(x > 0, x, self.alpha * torch.expm1(x.clamp(max=500)))
