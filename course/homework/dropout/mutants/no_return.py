# what: нет return
# caught_by: test_values
# phrase: нет return
# base: formulas


class DropoutLayer:
    def forward(self, x):
        mask = torch.rand_like(x) >= self.p
        x = x * mask / (1 - self.p)
