# what: exp(x) / (1 + exp(x)): на 1e4 выходит NaN
# caught_by: test_sigmoid_large
# phrase: ∞/∞ = NaN
# base: formulas


class MySigmoid:
    def forward(self, x):
        e = torch.exp(x)
        return e / (1 + e)
