# what: параметр назван иначе: slope вместо negative_slope
# caught_by: test_leaky_relu_slopes
# phrase: negative_slope
# base: formulas


class MyLeakyReLU:
    def __init__(self, slope=0.01):
        super().__init__()
        self.slope = slope

    def forward(self, x):
        return torch.where(x > 0, x, self.slope * x)
