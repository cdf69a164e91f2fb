# what: маска построена один раз и запомнена
# caught_by: test_independence
# phrase: маска не новая в каждом вызове
# base: formulas
# replace: self.p = p -> self.p, self.mask = p, None
# replace: torch.rand_like(x) >= self.p -> self.remembered(x)


class DropoutLayer:
    def remembered(self, x):
        if self.mask is None or self.mask.shape != x.shape:
            self.mask = torch.rand_like(x) >= self.p
        return self.mask
