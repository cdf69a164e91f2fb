# what: наклон — обучаемый параметр: это PReLU
# caught_by: test_leaky_relu_any_tensor
# phrase: PReLU
# base: formulas
# replace: self.negative_slope * x -> self.negative_slope.to(x.dtype) * x


class MyLeakyReLU:
    def __init__(self, negative_slope=0.01):
        super().__init__()
        self.negative_slope = nn.Parameter(torch.tensor(negative_slope, dtype=torch.float64))
