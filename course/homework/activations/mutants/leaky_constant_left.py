# what: слева сам наклон, не умноженный на x
# caught_by: test_leaky_relu_forward
# phrase: вместо умножения на x
# base: formulas
# replace: (x > 0, x, self.negative_slope * x) -> (x > 0, x, self.negative_slope)
