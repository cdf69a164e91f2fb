# what: при inplace=True данные подменены через x.data: autograd не видит
# caught_by: test_in_place
# phrase: autograd этого не видит
# base: formulas


class DropoutLayer:
    def forward(self, x):
        if not self.training:
            return x
        if self.p == 1:
            return x.zero_() if self.inplace else torch.zeros_like(x)
        y = x * (torch.rand_like(x) >= self.p) / (1 - self.p)
        if self.inplace:
            x.data = y.data
        return y
