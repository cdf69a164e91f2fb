# what: where с exp(x): значение верно, градиент на 1e4 — NaN
# caught_by: test_elu_gradient_large
# phrase: соседней ветви
# base: formulas


class MyELU:
    def forward(self, x):
        return torch.where(x > 0, x, self.alpha * (torch.exp(x) - 1))
