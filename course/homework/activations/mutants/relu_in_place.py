# what: x[x < 0] = 0 портит вход
# caught_by: test_relu_any_tensor
# phrase: вход изменён на месте
# base: formulas


class MyReLU:
    def forward(self, x):
        x[x < 0] = 0
        return x
