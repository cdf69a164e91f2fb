# what: запись в x.detach() портит вход: память у них общая
# caught_by: test_relu_any_tensor
# phrase: вход изменён на месте
# base: formulas


class MyReLU:
    def forward(self, x):
        y = x.detach()
        y[y < 0] = 0
        return y + 0 * x
