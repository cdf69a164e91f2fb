# what: наклон по умолчанию 0,1
# caught_by: test_leaky_relu_forward
# phrase: 0,1 вместо 0,01
# base: formulas


class MyLeakyReLU:
    def __init__(self, negative_slope=0.1):
        super().__init__()
        self.negative_slope = negative_slope
