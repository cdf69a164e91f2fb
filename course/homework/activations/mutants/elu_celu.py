# what: exp(x / alpha): это CELU
# caught_by: test_elu_alphas
# phrase: это CELU
# base: formulas


class MyELU:
    def forward(self, x):
        return torch.where(x > 0, x, self.alpha * torch.expm1(torch.clamp(x, max=0) / self.alpha))
