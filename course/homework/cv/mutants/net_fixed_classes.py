# what: число классов вписано в сеть
# caught_by: test_network_shapes
# phrase: постоянного числа

from torch import nn


class LetterNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        blocks = []
        for inputs, outputs, kernel, stride in ((1, 16, 5, 2), (16, 32, 3, 2), (32, 48, 3, 1), (48, 48, 3, 1)):
            blocks.append(nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=kernel // 2, bias=False))
            blocks += [nn.BatchNorm2d(outputs), nn.ReLU()]
        self.blocks = nn.Sequential(*blocks)
        self.head = nn.Linear(48, 31)

    def features(self, x):
        return self.blocks(x)  # (B, 48, H / 4, W / 4)

    def forward(self, x):
        return self.head(self.features(x).mean((2, 3)))
