# what: маска, умноженная на число, — тензор float32
# caught_by: test_leaky_relu_forward
# phrase: точность как у float32
# base: formulas
# replace: torch.where(x > 0, x, self.negative_slope * x) -> (x > 0) * x + (x <= 0) * self.negative_slope * x
