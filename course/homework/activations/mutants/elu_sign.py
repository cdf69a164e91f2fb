# what: слева 1 − exp(x)
# caught_by: test_elu_forward
# phrase: перепутан знак
# base: formulas


class MyELU:
    def forward(self, x):
        return torch.where(x > 0, x, self.alpha * (1 - torch.exp(torch.clamp(x, max=0))))
