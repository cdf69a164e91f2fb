# what: max(0, x) + min(0, alpha·(exp(x) − 1)), как в документации: градиент на 1e4 — NaN
# caught_by: test_elu_gradient_large
# phrase: соседней ветви
# base: formulas


class MyELU:
    def forward(self, x):
        return torch.clamp(x, min=0) + torch.clamp(self.alpha * (torch.exp(x) - 1), max=0)
