# what: градиент идёт через маску без множителя
# caught_by: test_gradient
# phrase: не умножен на 1/(1 − p)
# base: formulas
# replace: mask / (1 - self.p) -> mask + (x * mask * self.p / (1 - self.p)).detach()
