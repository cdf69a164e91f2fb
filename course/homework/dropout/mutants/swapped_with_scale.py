# what: p понято как вероятность оставить, и в маске, и в множителе
# caught_by: test_values
# phrase: поделили на p
# base: formulas
# replace: torch.rand_like(x) >= self.p -> torch.rand_like(x) < self.p
# replace: x.mul_(mask).div_(1 - self.p) -> x.copy_(x * mask / self.p)
# replace: x * mask / (1 - self.p) -> x * mask / self.p
