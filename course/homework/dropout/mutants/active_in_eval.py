# what: в режиме применения маска строится тоже
# caught_by: test_modes
# phrase: в режиме применения маски и множителей нет
# base: formulas
# replace: if not self.training or self.p == 0: -> if self.p == 0:
