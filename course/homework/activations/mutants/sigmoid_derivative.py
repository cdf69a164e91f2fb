# what: возвращена производная
# caught_by: test_sigmoid_forward
# phrase: производная сигмоиды
# base: formulas


class MySigmoid:
    def forward(self, x):
        s = (1 + torch.tanh(x / 2)) / 2
        return s * (1 - s)
