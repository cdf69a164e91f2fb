# what: обнуляются первые элементы, а не случайные
# caught_by: test_independence
# phrase: одни и те же места обнуляются чаще
# base: formulas
# replace: torch.rand_like(x) >= self.p -> self.first(x)


class DropoutLayer:
    def first(self, x):
        mask = torch.ones(x.numel(), dtype=torch.bool)
        mask[: round(self.p * x.numel())] = False
        return mask.reshape(x.shape)
