# what: при inplace=True забыт множитель
# caught_by: test_in_place
# phrase: не умножили на 1/(1 − p)
# base: formulas
# replace: (mask).div_(1 - self.p) -> (mask)
