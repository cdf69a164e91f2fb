# what: alpha·exp(x) − 1: скобки
# caught_by: test_elu_alphas
# phrase: умножается вся скобка
# base: formulas


class MyELU:
    def forward(self, x):
        return torch.where(x > 0, x, self.alpha * torch.exp(torch.clamp(x, max=0)) - 1)
