# what: множитель 1/(1 − p) посчитан во float32
# caught_by: test_values
# phrase: точность как у float32
# base: formulas
# replace: mask / (1 - self.p) -> (mask.float() / (1 - self.p))
