# what: на alpha умножена и правая ветвь
# caught_by: test_elu_alphas
# phrase: правая ветвь
# base: formulas


class MyELU:
    def forward(self, x):
        return self.alpha * torch.where(x > 0, x, torch.expm1(torch.clamp(x, max=0)))
