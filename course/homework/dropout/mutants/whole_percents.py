# what: вероятность округлена до сотых
# caught_by: test_share
# phrase: p мало
# base: formulas
# replace: torch.rand_like(x) >= self.p -> torch.randint(0, 100, x.shape) >= 100 * self.p
