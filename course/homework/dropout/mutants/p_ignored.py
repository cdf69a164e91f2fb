# what: p из __init__ не используется: всегда половина
# caught_by: test_values
# phrase: p из __init__ не используется
# base: formulas
# replace: rand_like(x) >= self.p -> rand_like(x) >= 0.5
# replace: .div_(1 - self.p) -> .mul_(2)
# replace: mask / (1 - self.p) -> mask * 2
