# what: zero_grad() переписан и ничего не делает: градиенты копятся
# caught_by: test_sgd_details
# phrase: zero_grad() переписан
# base: formulas


class MySGD:
    def zero_grad(self, set_to_none=True):
        pass
