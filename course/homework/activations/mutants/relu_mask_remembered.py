# what: маска запомнена при первом вызове
# caught_by: test_relu_any_tensor
# phrase: слой помнит прошлый вызов
# base: formulas


class MyReLU:
    def __init__(self):
        super().__init__()
        self.mask = None

    def forward(self, x):
        if self.mask is None or self.mask.shape != x.shape:
            self.mask = x > 0
        return x * self.mask
