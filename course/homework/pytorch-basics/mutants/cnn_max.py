# what: карты сведены к числу максимумом вместо среднего
# caught_by: test_cnn
# phrase: максимумом, а нужно средним
# base: plain

from torch import nn


class CustomCNN(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        layers, inputs = [], 1
        for outputs in channels:
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
            inputs = outputs
        self.features = nn.Sequential(*layers)
        self.head = nn.Linear(inputs, classes)

    def forward(self, x):
        return self.head(self.features(x).amax(dim=(2, 3)))
