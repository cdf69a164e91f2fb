# what: цикл по первой оси: тензор без осей обойти нельзя
# caught_by: test_relu_any_tensor
# phrase: 0-d tensor
# base: formulas


class MyReLU:
    def forward(self, x):
        rows = [torch.where(row > 0, row, torch.zeros_like(row)) for row in x]
        return torch.stack(rows)
