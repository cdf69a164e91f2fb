# what: Flatten и Linear на заранее известный размер карты: другие картинки не проходят
# caught_by: test_cnn, test_cnn_any_size
# phrase: зарегистрированы не те слои
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
        self.head = nn.Linear(inputs * (20 // 2 ** len(channels)) ** 2, classes)

    def forward(self, x):
        return self.head(self.features(x).flatten(1))
