# what: в применении ответ ещё раз умножается на 1 − p
# caught_by: test_modes
# phrase: в режиме применения маски и множителей нет
# base: formulas

Whole = DropoutLayer


class DropoutLayer(Whole):
    def forward(self, x):
        return super().forward(x) if self.training else x * (1 - self.p)
