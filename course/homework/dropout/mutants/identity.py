# what: слой возвращает вход
# caught_by: test_values, test_noisy_labels
# phrase: слой вернул вход как есть

from torch import nn


class DropoutLayer(nn.Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if not 0 <= p <= 1:
            raise ValueError("p вне отрезка [0, 1]")
        self.p = p
        self.inplace = inplace

    def forward(self, x):
        return x
