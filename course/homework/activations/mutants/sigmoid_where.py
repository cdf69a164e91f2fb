# what: where между двумя формулами: градиент идёт через обе
# caught_by: test_sigmoid_gradient_large
# phrase: переполнившуюся exp
# base: formulas


class MySigmoid:
    def forward(self, x):
        right = 1 / (1 + torch.exp(-x))
        left = torch.exp(x) / (1 + torch.exp(x))
        return torch.where(x > 0, right, left)
