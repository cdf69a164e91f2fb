# what: x += F(x) портит вход
# caught_by: test_resblock
# phrase: изменён на месте
# base: plain


class ResBlock:
    def forward(self, x):
        x += self.branch(x)
        return functional.relu(x)
