# what: маска, умноженная на число, — тензор float32
# caught_by: test_elu_alphas
# phrase: точность как у float32
# base: formulas


class MyELU:
    def forward(self, x):
        return (x > 0) * x + (x <= 0) * self.alpha * torch.expm1(torch.clamp(x, max=0))
