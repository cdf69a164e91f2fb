# what: полносвязная сеть вместо свёрток
# caught_by: test_network_shapes
# phrase: а нужна (B, C, h, w)

from torch import nn


class LetterNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.hidden = nn.Sequential(nn.Flatten(), nn.Linear(32 * 28, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU())
        self.head = nn.Linear(128, classes)

    def features(self, x):
        return self.hidden(x)

    def forward(self, x):
        return self.head(self.features(x))
