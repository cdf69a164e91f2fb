# what: BatchNorm2d созданы, но не применены
# caught_by: test_resblock
# phrase: не применены
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
        y = functional.relu(self.branch[0](x))
        return functional.relu(x + self.branch[3](y))
