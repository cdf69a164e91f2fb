# what: наклон 0,01 вписан в формулу
# caught_by: test_leaky_relu_slopes
# phrase: параметр negative_slope не используется
# base: formulas


class MyLeakyReLU:
    def __init__(self, negative_slope=0.01):
        super().__init__()

    def forward(self, x):
        return torch.where(x > 0, x, 0.01 * x)
