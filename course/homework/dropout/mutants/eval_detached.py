# what: в eval ответ оторван от графа
# caught_by: test_gradient_modes
# phrase: градиент
# base: formulas


class DropoutLayer:
    def forward(self, x):
        if not self.training:
            return x.detach()
        return x * (torch.rand_like(x) >= self.p) / (1 - self.p) if self.p < 1 else x * 0
