# what: все четыре класса возвращают вход
# caught_by: test_relu_forward, test_leaky_relu_forward, test_sigmoid_forward, test_elu_forward
# phrase: вход возвращён без изменений
# base: formulas
# replace: torch.clamp(x, min=0) -> x
# replace: torch.where(x > 0, x, self.negative_slope * x) -> x
# replace: (1 + torch.tanh(x / 2)) / 2 -> x


class MyELU:
    def forward(self, x):
        return x
