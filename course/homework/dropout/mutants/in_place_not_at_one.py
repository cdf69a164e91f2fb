# what: при p = 1 и inplace=True вход не изменён
# caught_by: test_in_place
# phrase: нули тоже пишут в сам x
# base: formulas
# replace: x.mul_(0) if self.inplace else x * 0 -> x * 0
