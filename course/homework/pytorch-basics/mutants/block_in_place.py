# what: x += f(x) портит вход
# caught_by: test_resblock
# phrase: изменён на месте
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
        x += self.branch(x)
        return functional.relu(x)
