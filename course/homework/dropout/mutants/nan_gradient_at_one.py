# what: при p = 1 значение исправлено через where, а градиент — NaN
# caught_by: test_gradient_edges
# phrase: ∞·0
# base: formulas


class DropoutLayer:
    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        mask = torch.rand_like(x) >= self.p
        if self.inplace:
            return x.copy_(torch.where(mask, x * mask / torch.tensor(1.0 - self.p, dtype=x.dtype), 0))
        return torch.where(mask, x * mask / torch.tensor(1.0 - self.p, dtype=x.dtype), 0)
