# what: p прочитан один раз: layer.p = … ничего не меняет
# caught_by: test_share
# phrase: слой запомнил прежнее p
# base: formulas
# replace: self.p = p -> self.p, self.share = p, p
# replace: rand_like(x) >= self.p -> rand_like(x) >= self.share
# replace: (mask).div_(1 - self.p) -> (mask).div_(1 - self.share)
# replace: x * mask / (1 - self.p) -> x * mask / (1 - self.share)
