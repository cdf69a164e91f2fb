# what: вход меняется на месте и при inplace=False
# caught_by: test_any_tensor
# phrase: хотя inplace=False
# base: formulas


class DropoutLayer:
    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        if self.p == 1:
            return x.mul_(0) if self.inplace else x * 0
        mask = torch.rand_like(x) >= self.p
        if self.inplace or x.is_contiguous():
            x.data.mul_(mask).div_(1 - self.p)
            return x * 1
        return x * mask / (1 - self.p)
