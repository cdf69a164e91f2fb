# what: exp(x) − 1 и справа
# caught_by: test_elu_forward
# phrase: а справа должен быть сам x
# base: formulas


class MyELU:
    def forward(self, x):
        return self.alpha * torch.expm1(x)
