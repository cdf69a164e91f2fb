# what: выжившие делятся на p
# caught_by: test_values
# phrase: поделили на p
# base: formulas
# replace: div_(1 - self.p) -> div_(self.p)
# replace: mask / (1 - self.p) -> mask / self.p
