# what: при inplace=True запись через .data: autograd её не видит
# caught_by: test_gradient_in_place
# phrase: мимо маски
# base: formulas
# replace: return x.mul_(mask).div_(1 - self.p) -> x.data.mul_(mask).div_(1 - self.p); return x
