# what: готовый дропаут под составленным именем
# caught_by: test_values
# phrase: dropout
# base: formulas


class DropoutLayer:
    def forward(self, x):
        return getattr(torch, "drop" + "out")(x, self.p, self.training)
