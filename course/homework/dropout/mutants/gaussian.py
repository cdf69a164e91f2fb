# what: гауссов шум вместо маски
# caught_by: test_values
# phrase: ничего третьего
# base: formulas
# replace: torch.rand_like(x) >= self.p -> 1 + (self.p / (1 - self.p)) ** 0.5 * torch.randn_like(x)
# replace: x.mul_(mask).div_(1 - self.p) -> x.copy_(x * mask)
# replace: x * mask / (1 - self.p) -> x * mask
