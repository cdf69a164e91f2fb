# what: γ·(x̂ + β)
# caught_by: test_forward_affine
# phrase: γ умножается и на β
# base: textbook
# replace: y + self.bias[:, None, None] -> (y + self.bias[:, None, None])
