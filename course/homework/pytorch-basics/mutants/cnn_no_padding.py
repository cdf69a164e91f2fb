# what: свёртка без padding: карта уменьшается
# caught_by: test_cnn
# phrase: без padding=1
# base: plain

from torch import nn


class CustomCNN(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        layers, inputs = [], 1
        for outputs in channels:
            layers += [nn.Conv2d(inputs, outputs, 3), nn.ReLU(), nn.MaxPool2d(2)]
            inputs = outputs
        self.features = nn.Sequential(*layers)
        self.head = nn.Linear(inputs, classes)

    def forward(self, x):
        return self.head(self.features(x).mean(dim=(2, 3)))
