# what: слева ноль: обычный ReLU
# caught_by: test_leaky_relu_forward
# phrase: это ReLU
# base: formulas
# replace: where(x > 0, x, self.negative_slope * x) -> clamp(x, min=0)
