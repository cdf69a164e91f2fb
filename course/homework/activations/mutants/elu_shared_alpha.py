# what: alpha — глобальная переменная
# caught_by: test_elu_alphas
# phrase: взят alpha другого слоя
# base: formulas

ALPHA = 1.0


class MyELU:
    def __init__(self, alpha=1.0):
        super().__init__()
        global ALPHA
        ALPHA = alpha

    def forward(self, x):
        return torch.where(x > 0, x, ALPHA * torch.expm1(torch.clamp(x, max=0)))
