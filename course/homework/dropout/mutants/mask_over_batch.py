# what: маска одна на весь батч
# caught_by: test_independence
# phrase: маска одна на весь батч
# base: formulas
# replace: (x) >= self.p -> (x[:1] if x.ndim > 1 else x) >= self.p
