# what: между слоями лишний Dropout: в обучении ответ другой
# caught_by: test_mlp
# phrase: нет ни Dropout, ни BatchNorm
# base: plain

from torch import nn


class CustomMLP(nn.Sequential):
    def __init__(self, inputs, hidden, classes):
        layers = [nn.Flatten()]
        for width in hidden:
            layers += [nn.Linear(inputs, width), nn.ReLU(), nn.Dropout(0.2)]
            inputs = width
        super().__init__(*layers, nn.Linear(inputs, classes))
