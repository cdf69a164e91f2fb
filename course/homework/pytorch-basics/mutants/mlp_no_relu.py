# what: между линейными слоями нет ReLU
# caught_by: test_mlp
# phrase: забыта ReLU
# base: plain

from torch import nn


class CustomMLP(nn.Sequential):
    def __init__(self, inputs, hidden, classes):
        layers = [nn.Flatten()]
        for width in hidden:
            layers += [nn.Linear(inputs, width)]
            inputs = width
        super().__init__(*layers, nn.Linear(inputs, classes))
