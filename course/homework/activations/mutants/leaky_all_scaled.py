# what: на наклон умножено всё
# caught_by: test_leaky_relu_forward
# phrase: на наклон умножено всё
# base: formulas
# replace: torch.where(x > 0, x, self.negative_slope * x) -> self.negative_slope * x
