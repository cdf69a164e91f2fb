# what: слева −slope·x
# caught_by: test_leaky_relu_forward
# phrase: наклон слева взят с минусом
# base: formulas
# replace: self.negative_slope * -> -self.negative_slope *
