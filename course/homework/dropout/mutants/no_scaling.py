# what: выжившие не делятся на 1 − p
# caught_by: test_values
# phrase: не умножили на 1/(1 − p)
# base: formulas
# replace: (mask).div_(1 - self.p) -> (mask)
# replace: mask / (1 - self.p) -> mask
