# what: ReLU и после последнего слоя
# caught_by: test_mlp
# phrase: после последнего линейного слоя
# base: plain

from torch import nn


class CustomMLP(nn.Sequential):
    def __init__(self, inputs, hidden, classes):
        layers = [nn.Flatten()]
        for width in hidden:
            layers += [nn.Linear(inputs, width), nn.ReLU()]
            inputs = width
        super().__init__(*layers, nn.Linear(inputs, classes), nn.ReLU())
