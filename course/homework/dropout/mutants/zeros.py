# what: слой обнуляет всё
# caught_by: test_values
# phrase: обнулены все
# base: formulas


class DropoutLayer:
    def forward(self, x):
        return x * 0 if self.training else x
