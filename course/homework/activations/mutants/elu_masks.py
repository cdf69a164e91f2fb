# what: сумма с масками: на 1e4 выходит ∞·0 = NaN
# caught_by: test_elu_large
# phrase: ∞·0 = NaN
# base: formulas


class MyELU:
    def forward(self, x):
        positive = (x > 0).to(x.dtype)
        return positive * x + (1 - positive) * self.alpha * (torch.exp(x) - 1)
