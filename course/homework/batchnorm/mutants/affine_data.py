# what: γ и β берутся через .data: градиента нет
# caught_by: test_gradient_affine
# phrase: не доходит до x, γ или β
# base: textbook
# replace: weight[:, None, None] * y + self.bias -> weight.data[:, None, None] * y + self.bias.data
