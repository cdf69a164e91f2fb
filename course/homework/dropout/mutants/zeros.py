# what: слой обнуляет всё
# caught_by: test_values
# phrase: обнулены все

from torch import nn


class DropoutLayer(nn.Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError("p вне отрезка [0, 1]")
        self.p = p
        self.inplace = inplace

    def forward(self, x):
        return x * 0 if self.training else x
