# what: weight_decay стоит перед nesterov
# caught_by: test_sgd_details
# phrase: порядок аргументов
# base: formulas


class MySGD:
    def __init__(self, params, lr, momentum=0, weight_decay=0, nesterov=False):
        defaults = {"lr": lr, "momentum": momentum, "nesterov": nesterov, "weight_decay": weight_decay}
        super().__init__(params, defaults)
