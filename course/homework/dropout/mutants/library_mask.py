# what: маска взята из готового дропаута от единиц
# caught_by: test_values
# phrase: torch.nn.functional.dropout

import torch
import torch.nn.functional as F
from torch import nn


class DropoutLayer(nn.Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError("p вне отрезка [0, 1]")
        self.p = p
        self.inplace = inplace

    def forward(self, x):
        return x * F.dropout(torch.ones_like(x), self.p, self.training)
