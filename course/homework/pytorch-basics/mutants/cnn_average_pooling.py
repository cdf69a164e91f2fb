# what: AvgPool2d вместо MaxPool2d
# caught_by: test_cnn
# phrase: MaxPool2d(2)
# base: plain

from torch import nn


class CustomCNN(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        layers, inputs = [], 1
        for outputs in channels:
            layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(), nn.AvgPool2d(2)]
            inputs = outputs
        self.features = nn.Sequential(*layers)
        self.head = nn.Linear(inputs, classes)

    def forward(self, x):
        return self.head(self.features(x).mean(dim=(2, 3)))
