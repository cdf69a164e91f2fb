# what: exp(-|x|): у модуля в нуле нулевая производная
# caught_by: test_sigmoid_gradient_large
# phrase: не через |x| ли
# base: formulas


class MySigmoid:
    def forward(self, x):
        e = torch.exp(-torch.abs(x))
        return torch.where(x >= 0, torch.ones_like(x), e) / (1 + e)
