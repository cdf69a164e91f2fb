# what: вход обрезан до [-25, 25]: ошибка 10⁻¹¹
# caught_by: test_sigmoid_large
# phrase: вход обрезан слишком рано
# base: formulas

import torch
from torch import nn


class MySigmoid(nn.Module):
    def forward(self, x):
        return 1 / (1 + torch.exp(-x.clamp(-25, 25)))
