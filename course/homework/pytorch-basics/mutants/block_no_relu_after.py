# what: после сложения нет ReLU
# caught_by: test_resblock
# phrase: после сложения забыта ReLU
# base: plain

from torch import nn


class ResBlock(nn.Module):
    def __init__(self, c, hidden):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(c, hidden, 3, padding=1, bias=False),
            nn.BatchNorm2d(hidden),
            nn.ReLU(),
            nn.Conv2d(hidden, c, 3, padding=1, bias=False),
            nn.BatchNorm2d(c),
        )

    def forward(self, x):
        return x + self.branch(x)
