# what: ноль принят за None: momentum or 1/номер
# caught_by: test_momentum
# phrase: ноль принят за None
# base: textbook
# replace: share = 1 / -> share = self.momentum or 1 /
# replace:  if self.momentum is None else self.momentum ->
