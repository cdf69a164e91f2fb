# what: градиент идёт мимо маски
# caught_by: test_gradient
# phrase: градиент прошёл мимо маски
# base: formulas
# replace: x * mask / (1 - self.p) -> x + (x * mask / (1 - self.p) - x).detach()
