# what: отрицательные элементы переписаны прямо во входе
# caught_by: test_elu_any_tensor
# phrase: вход изменён на месте
# base: formulas


class MyELU:
    def forward(self, x):
        negative = x < 0
        x[negative] = self.alpha * torch.expm1(x[negative])
        return x
