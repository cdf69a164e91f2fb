# what: alpha не используется
# caught_by: test_elu_alphas
# phrase: alpha не используется
# base: formulas


class MyELU:
    def __init__(self, alpha=1.0):
        super().__init__()

    def forward(self, x):
        return torch.where(x > 0, x, torch.expm1(torch.clamp(x, max=0)))
