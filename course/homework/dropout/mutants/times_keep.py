# what: выжившие умножаются на 1 − p вместо деления
# caught_by: test_values
# phrase: умножили на 1 − p
# base: formulas
# replace: mul_(mask).div_(1 - self.p) -> copy_(x * mask * (1 - self.p))
# replace: x * mask / -> x * mask *
