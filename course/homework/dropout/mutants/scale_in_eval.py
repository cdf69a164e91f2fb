# what: старый вариант: без множителя в обучении, умножение на 1 − p в применении
# caught_by: test_values
# phrase: не умножили на 1/(1 − p)
# base: formulas
# replace: (mask).div_(1 - self.p) -> (mask)
# replace: mask / (1 - self.p) -> mask

Whole = DropoutLayer


class DropoutLayer(Whole):
    def forward(self, x):
        return super().forward(x) if self.training else x * (1 - self.p)
