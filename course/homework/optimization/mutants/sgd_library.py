# what: наследник torch.optim.SGD
# caught_by: test_sgd
# phrase: torch.optim.SGD
# base: formulas


class MySGD(torch.optim.SGD):
    pass
