# what: ответ посчитан, но не возвращён
# caught_by: test_relu_forward, test_sigmoid_forward
# phrase: нет return
# base: formulas
# replace: return torch.clamp -> torch.clamp


class MySigmoid:
    def forward(self, x):
        s = torch.tanh(x / 2)
        s.add(1).div(2)
