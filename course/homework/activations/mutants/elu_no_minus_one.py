# what: забыта единица: слева exp(x)
# caught_by: test_elu_forward
# phrase: без вычитания единицы
# base: formulas


class MyELU:
    def forward(self, x):
        return torch.where(x > 0, x, self.alpha * torch.exp(torch.clamp(x, max=0)))
