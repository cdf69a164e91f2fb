# what: при p = 1 деление на ноль: 0·∞ = NaN
# caught_by: test_edges
# phrase: 1/(1 − p) бесконечен
# base: formulas
# replace: if self.p == 1: -> if False:
