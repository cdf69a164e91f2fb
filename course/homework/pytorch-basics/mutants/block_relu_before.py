# what: последняя ReLU стоит до сложения
# caught_by: test_resblock
# phrase: до сложения
# base: plain

from torch import nn
from torch.nn import functional


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
        return x + functional.relu(self.branch(x))
