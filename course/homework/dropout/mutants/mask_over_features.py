# what: маска одна на все признаки примера
# caught_by: test_independence
# phrase: маска одна на все признаки
# base: formulas
# replace: (x) >= self.p -> (x[..., :1] if x.ndim > 1 else x) >= self.p
