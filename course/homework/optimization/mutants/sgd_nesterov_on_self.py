# what: nesterov лежит в self: у всех групп он один
# caught_by: test_sgd_details
# phrase: nesterov взят не из группы
# base: formulas


Whole = MySGD


class MySGD(Whole):
    def __init__(self, params, lr, momentum=0, nesterov=False, weight_decay=0):
        super().__init__(params, lr, momentum, nesterov, weight_decay)
        self.nesterov = nesterov

    def step(self):
        for group in self.param_groups:
            group["nesterov"] = self.nesterov
        super().step()
