# what: все четыре класса возвращают вход
# caught_by: test_relu_forward, test_leaky_relu_forward, test_sigmoid_forward, test_elu_forward
# phrase: вход возвращён без изменений

from torch import nn


class MyReLU(nn.Module):
    def forward(self, x):
        return x


class MyLeakyReLU(nn.Module):
    def __init__(self, negative_slope=0.01):
        super().__init__()
        self.negative_slope = negative_slope

    def forward(self, x):
        return x


class MySigmoid(nn.Module):
    def forward(self, x):
        return x


class MyELU(nn.Module):
    def __init__(self, alpha=1.0):
        super().__init__()
        self.alpha = alpha

    def forward(self, x):
        return x
